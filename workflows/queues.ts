/**
 * The task queues of a worker process, by name. Besides the shared one there is one for the history of mailboxes, so that
 * it never takes the slots of live mail, and for both one of the process alone: what holds a connection comes back to it.
 */
export function backfillQueue(queue: string): string {
  return `${queue}-backfill`;
}

export function ownQueue(queue: string, workerId: string): string {
  return `${queue}@${workerId}`;
}
