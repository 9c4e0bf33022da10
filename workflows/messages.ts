/**
 * The wire between the API and a mailbox's workflow: names, arguments and answers. All of it is stored in workflow
 * histories, so names never change and fields are only added. Ids, enums and times only: nothing personal.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Checkpoint } from '../domain/checkpoint.ts';
import type { Deferral, MailboxError, MailboxLoop, MailboxState } from '../domain/mailbox.ts';
import type { Patience, RedecisionProgress } from '../domain/redecision-progress.ts';

export const WORKFLOW_TYPE = 'mailboxSync';

export function workflowIdOf(mailboxId: string): string {
  return `mailbox-sync/${mailboxId}`;
}

export const REDECISION_TYPE = 'redecide';

export function redecisionWorkflowIdOf(redecisionId: string): string {
  return `redecide/${redecisionId}`;
}

/** Search attributes, all of type Keyword; they are registered when the server is set up (docs/operations.md). */
export const SEARCH_ATTRIBUTES = [
  'MailboxState',
  'MailProvider',
  'WorkspaceId',
  'LastErrorCode',
] as const;
export type SearchAttribute = (typeof SEARCH_ATTRIBUTES)[number];

/** Intervals and limits of the loop; tests choose small ones. */
export interface LoopSettings {
  /** Batches after which a visit gives way to signals and continue-as-new. */
  readonly batchesPerVisit: number;
  /** Messages in a batch at most. */
  readonly batchSize: number;
  /** The same for batches of the history, which nobody waits for. */
  readonly backfillBatchSize: number;
  /** Visits after which the run continues as new. */
  readonly visitsPerRun: number;
  /** Events after which the run continues as new. */
  readonly eventsPerRun: number;
  /** When refused credentials are tried once more; a quarter to half of an hour when left out. */
  readonly confirmAfterMs?: number;
}

export interface MailboxSyncInput {
  readonly mailboxId: string;
  readonly settings?: Partial<LoopSettings>;
  /** Where the previous run stopped; absent in the first. */
  readonly carried?: MailboxLoop;
  /** The task queue of the worker that held the connection then. */
  readonly via?: string;
}

/** Makes a command recognisable in the history; a random id, never a name. */
export interface Command {
  readonly commandId: string;
}

export interface ReconnectCommand extends Command {
  /** The version of the credentials that were just stored; older ones are ignored. */
  readonly credentialVersion: number;
}

export const pause = defineSignal<[Command]>('pause');
export const resume = defineSignal<[Command]>('resume');
export const reconnect = defineSignal<[ReconnectCommand]>('reconnect');
/** Gives up the rest of the history (R3); live mail goes on. */
export const stopImport = defineSignal<[Command]>('stopImport');
export const disconnect = defineSignal<[Command]>('disconnect');
/** Which worker noticed that something arrived, so that the visit uses the connection which that worker holds. */
export interface Nudge {
  /** The task queue of that worker alone. */
  readonly via?: string;
}
/** Something arrived, or somebody asked while no worker answered: visit soon. */
export const nudge = defineSignal<[Nudge?]>('nudge');

/** Answer of `syncNow`: when the visit that covers what is on the server now may begin (epoch ms). */
export interface VisitPlan {
  readonly notBefore: number;
}
export const syncNow = defineUpdate<VisitPlan, [Command]>('syncNow');
/** The type of failure that `syncNow` answers with when the mailbox is paused, parked or disconnected. */
export const NOT_ACTIVE = 'mailbox_not_active';

export interface MailboxStatus {
  readonly state: MailboxState;
  readonly checkpoint: Checkpoint;
  /** Visits that have ended, well or badly. */
  readonly visits: number;
  readonly decided: number;
  readonly failures: number;
  readonly lastSuccessAt: number | null;
  readonly nextVisitAt: number | null;
  readonly lastError: MailboxError | null;
  readonly credentialVersion: number;
  readonly deferred?: Deferral | null;
}
export const status = defineQuery<MailboxStatus>('status');

/** Limits of a second look at earlier messages; tests choose small ones. */
export interface RedecideSettings extends Patience {
  /** Messages in a batch at most. */
  readonly batchSize: number;
  /** Batches and waits after which the run continues as new. */
  readonly stepsPerRun: number;
  /** How long to wait before asking again whether what was on its way is committed. */
  readonly inFlightMs: number;
}

export interface RedecideInput {
  readonly redecisionId: string;
  readonly settings?: Partial<RedecideSettings>;
  /** Where the previous run stopped; absent in the first. */
  readonly carried?: RedecideCarried;
}

export interface RedecideCarried {
  readonly progress: RedecisionProgress;
  /** Whether a person waits for the one message that it is about. */
  readonly isUrgent: boolean;
}

/** null before it is known which messages it is about. */
export const redecisionProgress = defineQuery<RedecisionProgress | null>('redecisionProgress');
