import type { Mailbox } from '../drizzle/mailboxes.ts';
import type { MailboxStatus, VisitPlan } from '../workflows/messages.ts';

/** What a workflow needs to be found by operators. */
export type Visited = Pick<Mailbox, 'id' | 'workspaceId' | 'provider' | 'server'>;

/** A second look at earlier messages (drizzle/redecisions.ts). */
export interface RedecisionRef {
  readonly id: string;
  readonly workspaceId: string;
}

export type Told = 'told' | 'already_gone';
export type SyncAnswer =
  | { readonly kind: 'planned'; readonly plan: VisitPlan }
  | { readonly kind: 'not_active' }
  /** Nobody answered in time; the wish is kept as a signal. */
  | { readonly kind: 'kept' };

/** The workflows, seen from the API. Everything but `status` and `isRedecided` throws SchedulerUnavailable. */
export interface Orchestrator extends AsyncDisposable {
  /** Starts the workflow of a mailbox unless it runs. */
  start(mailbox: Visited): Promise<void>;
  pause(mailbox: Visited, commandId: string): Promise<void>;
  resume(mailbox: Visited, commandId: string): Promise<void>;
  reconnect(mailbox: Visited, commandId: string, credentialVersion: number): Promise<void>;
  disconnect(mailboxId: string, commandId: string): Promise<Told>;
  /** Leaves the rest of the history unread. */
  stopImport(mailbox: Visited, commandId: string): Promise<void>;
  /** Something changed that the next visit is about, so it may come now. */
  nudge(mailbox: Visited): Promise<void>;
  syncNow(mailbox: Visited, commandId: string): Promise<SyncAnswer>;
  /** Starts the second look at earlier messages that was asked for, unless it runs. */
  startRedecision(redecision: RedecisionRef): Promise<void>;
  /** Whether it has come to its end, which is waited for as long as people wait for an answer. */
  isRedecided(redecisionId: string): Promise<boolean>;
  /** Returns once Temporal has answered. */
  ping(): Promise<void>;
  /** The state as the workflow itself tells it, or null when nobody answers in time. */
  status(mailboxId: string): Promise<MailboxStatus | null>;
}

/** Temporal did not say that it took a command. */
export class SchedulerUnavailable extends Error {
  override readonly name = 'SchedulerUnavailable';
  /** `unreachable`: nothing was sent. `no_answer`: it was sent, and may still take effect. */
  readonly kind: 'unreachable' | 'no_answer';

  constructor(kind: SchedulerUnavailable['kind'], options?: ErrorOptions) {
    super(kind === 'unreachable' ? 'Temporal cannot be reached.' : 'Temporal is silent.', options);
    this.kind = kind;
  }
}
