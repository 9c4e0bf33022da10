/** How workflows are started, by whoever finds that one does not run. */
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/common';
import {
  redecisionWorkflowIdOf,
  workflowIdOf,
  type MailboxSyncInput,
  type RedecideInput,
  type SearchAttribute,
} from './messages.ts';

/** What operators find a mailbox by. */
export interface Startable {
  readonly id: string;
  readonly workspaceId: string;
  readonly provider: string;
  readonly host: string;
}

/** Starting a workflow that runs changes nothing. */
export function startOptions({ id, workspaceId, provider, host }: Startable, taskQueue: string) {
  const input: MailboxSyncInput = { mailboxId: id };
  return {
    workflowId: workflowIdOf(id),
    taskQueue,
    args: [input],
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    memo: { label: host },
    typedSearchAttributes: [
      attribute('MailboxState', 'connecting'),
      attribute('MailProvider', provider),
      attribute('WorkspaceId', workspaceId),
    ],
    staticSummary: `Files the mail of one mailbox at ${host}`,
  };
}

/** The same for a second look at earlier messages (drizzle/redecisions.ts). */
export function redecisionOptions(
  { id, workspaceId }: Pick<Startable, 'id' | 'workspaceId'>,
  taskQueue: string,
) {
  const input: RedecideInput = { redecisionId: id };
  return {
    workflowId: redecisionWorkflowIdOf(id),
    taskQueue,
    args: [input],
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    typedSearchAttributes: [attribute('WorkspaceId', workspaceId)],
    staticSummary: 'Decides earlier messages once more',
  };
}

function attribute(name: SearchAttribute, value: string) {
  return { key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD), value };
}
