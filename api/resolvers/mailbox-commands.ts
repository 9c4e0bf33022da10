import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { MailboxStatus } from '../../workflows/messages.ts';
import { lockDesiredState } from '../../drizzle/mailbox-progress.ts';
import { setDesiredState, type Mailbox } from '../../drizzle/mailboxes.ts';
import { MailError } from '../../mail/errors.ts';
import type { MailLogin, RequestContext, Services } from '../context.ts';
import { notFound, userError, type UserError } from '../errors.ts';
import { idOf } from '../ids.ts';
import { loginFailed } from '../login-failed.ts';
import { SchedulerUnavailable } from '../scheduling.ts';
import { describeError } from '../../log.ts';
import { requireAdminOrOwner } from './require-admin.ts';
import { required } from './required.ts';

/** The payload of every mutation that tells a workflow something. */
export interface CommandPayload {
  readonly mailbox: Mailbox | null;
  readonly confirmed: boolean;
  readonly userErrors: readonly UserError[];
}

export function refused(...userErrors: readonly UserError[]): CommandPayload {
  return { mailbox: null, confirmed: false, userErrors };
}

export const newCommandId = randomUUID;

const NUDGED_AT_ONCE = 8;

/** The mailbox to act on. Throws FORBIDDEN when it is not the viewer's business. */
export async function findMailbox(
  { loaders, viewer }: RequestContext,
  globalId: string,
): Promise<Mailbox | null> {
  const id = idOf('Mailbox', globalId);
  const mailbox = id === null ? null : await loaders.Mailbox.load(id);
  if (mailbox !== null) requireAdminOrOwner(viewer, mailbox);
  return mailbox;
}

export const DISCONNECTED = userError(
  'mailbox_disconnected',
  'The mailbox was disconnected for good. Connect it anew.',
  ['input', 'mailboxId'],
);

/** The same, or why not: unknown, or disconnected for good. */
export async function findConnected(
  context: RequestContext,
  globalId: string,
): Promise<Mailbox | UserError> {
  const mailbox = await findMailbox(context, globalId);
  if (mailbox === null) return notFound('mailbox', 'mailboxId');
  return mailbox.disconnectedAt === null ? mailbox : DISCONNECTED;
}

export function isUserError(value: object): value is UserError {
  return 'code' in value && 'field' in value;
}

/** What became of a request, in words: nothing was sent, or nobody knows. */
export interface Outcomes {
  readonly unreachable: string;
  readonly noAnswer: string;
}

export const NOTHING_KEPT: Outcomes = {
  unreachable:
    'The scheduler of the visits cannot be reached, so nothing was changed. Try again in a minute.',
  noAnswer:
    'The scheduler of the visits did not answer in time. The request may still take effect: look at the state of the mailbox in a minute, and try again if it did not change.',
};

/** Runs what needs Temporal. */
export async function scheduling(
  { services }: RequestContext,
  { unreachable, noAnswer }: Outcomes,
  work: () => Promise<CommandPayload>,
): Promise<CommandPayload> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SchedulerUnavailable)) throw error;
    warnOf(services.log, error);
    const message = error.kind === 'unreachable' ? unreachable : noAnswer;
    return refused(userError('scheduler_unavailable', message, null));
  }
}

export function warnOf(log: Logger, error: SchedulerUnavailable): void {
  log.warn({ error: describeError(error) }, 'temporal does not answer');
}

/**
 * R52: commits the wish, then signals it: a workflow that has to start anew reads the wish, one that runs hears the
 * signal. Nothing is locked while we wait. A wish that nobody was told of is taken back, unless it was changed since.
 */
export async function pauseOrResume(
  context: RequestContext,
  globalId: string,
  wish: 'active' | 'paused',
): Promise<CommandPayload> {
  const mailbox = await findConnected(context, globalId);
  if (isUserError(mailbox)) return refused(mailbox);
  const { id } = mailbox;
  const before = await changeWish(context, id, wish);
  if (before === null) return refused(DISCONNECTED);
  const { orchestrator } = context.services;
  return scheduling(context, NOTHING_KEPT, async () => {
    try {
      await orchestrator[wish === 'paused' ? 'pause' : 'resume'](mailbox, newCommandId());
    } catch (error) {
      if (error instanceof SchedulerUnavailable && error.kind === 'unreachable') {
        await changeWish(context, id, before, wish);
      }
      throw error;
    }
    return asItNowIs(context, id);
  });
}

/** Returns the wish before, or null when the mailbox has been disconnected. `only`: unless it is another one now. */
async function changeWish(
  { write }: RequestContext,
  mailboxId: string,
  wish: 'active' | 'paused',
  only?: 'active' | 'paused',
): Promise<'active' | 'paused' | null> {
  return write(async (db) => {
    const before = await lockDesiredState(db, mailboxId);
    const mayChange = before !== null && (only === undefined || before === only);
    if (mayChange) await setDesiredState(db, mailboxId, wish);
    return before;
  });
}

/** The mailbox as its workflow now says it is; as it last reported itself when the workflow does not answer in time. */
export async function asItNowIs(
  { services, loaders }: RequestContext,
  mailboxId: string,
): Promise<CommandPayload> {
  const status = await services.orchestrator.status(mailboxId);
  const mailbox = required(await loaders.Mailbox.clear(mailboxId).load(mailboxId));
  return status === null
    ? { mailbox, confirmed: false, userErrors: [] }
    : { mailbox: overlaid(mailbox, status), confirmed: true, userErrors: [] };
}

/** Has what was committed take effect at once; false when it waits for the next visit. */
export async function nudge({ services }: RequestContext, mailbox: Mailbox): Promise<boolean> {
  try {
    await services.orchestrator.nudge(mailbox);
    return true;
  } catch (error) {
    if (!(error instanceof SchedulerUnavailable)) throw error;
    warnOf(services.log, error);
    return false;
  }
}

/** The same for many, a few at a time; those after the first that cannot be told wait for their next visit too. */
export async function nudgeAll(
  context: RequestContext,
  mailboxes: readonly Mailbox[],
): Promise<boolean> {
  for (let start = 0; start < mailboxes.length; start += NUDGED_AT_ONCE) {
    const some = mailboxes.slice(start, start + NUDGED_AT_ONCE);
    const told = await Promise.all(some.map((mailbox) => nudge(context, mailbox)));
    if (told.includes(false)) return false;
  }
  return true;
}

/** Tries a login: what is there, or why it failed. */
export async function tryLogin(
  { services }: RequestContext,
  login: MailLogin,
): Promise<Awaited<ReturnType<Services['testLogin']>> | UserError> {
  try {
    return await services.testLogin(login);
  } catch (error) {
    if (error instanceof MailError) return loginFailed(error, login);
    throw error;
  }
}

function overlaid(mailbox: Mailbox, status: MailboxStatus): Mailbox {
  const { state, checkpoint, lastSuccessAt, nextVisitAt, lastError, deferred } = status;
  return {
    ...mailbox,
    state,
    checkpoint,
    lastError,
    deferred: deferred ?? null,
    lastSuccessAt: lastSuccessAt === null ? mailbox.lastSuccessAt : new Date(lastSuccessAt),
    nextVisitAt: nextVisitAt === null ? null : new Date(nextVisitAt),
  };
}
