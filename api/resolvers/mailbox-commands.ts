import { randomUUID } from 'node:crypto';
import type { MailboxStatus } from '../../workflows/messages.ts';
import type { Mailbox } from '../../drizzle/mailboxes.ts';
import { MailError } from '../../mail/errors.ts';
import type { MailLogin, RequestContext } from '../context.ts';
import { loginFailed, notFound, userError, type UserError } from '../errors.ts';
import { idOf } from '../ids.ts';
import { SchedulerUnavailable } from '../scheduling.ts';
import { describeError } from '../../log.ts';
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

export async function findMailbox(
  context: RequestContext,
  globalId: string,
): Promise<Mailbox | null> {
  const id = idOf('Mailbox', globalId);
  return id === null ? null : context.loaders.Mailbox.load(id);
}

/** The mailbox to act on, or why not: unknown, or disconnected for good. */
export async function findConnected(
  context: RequestContext,
  globalId: string,
): Promise<Mailbox | UserError> {
  const mailbox = await findMailbox(context, globalId);
  if (mailbox === null) return notFound('mailbox', 'mailboxId');
  if (mailbox.disconnectedAt === null) return mailbox;
  const message = 'The mailbox was disconnected for good. Connect it anew.';
  return userError('mailbox_disconnected', message, ['input', 'mailboxId']);
}

export function isUserError(value: Mailbox | UserError): value is UserError {
  return 'message' in value;
}

/** Runs what needs Temporal; `kept` says in words what became of the request when it does not answer. */
export async function scheduling(
  { services }: RequestContext,
  kept: string,
  work: () => Promise<CommandPayload>,
): Promise<CommandPayload> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SchedulerUnavailable)) throw error;
    services.log.warn({ error: describeError(error) }, 'temporal does not answer');
    return refused(userError('scheduler_unavailable', kept, null));
  }
}

export const NOTHING_CHANGED =
  'The scheduler of the visits does not answer, so nothing was changed. Try again in a minute.';

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

/** Tries a login; null when it works. */
export async function tryLogin(
  { services }: RequestContext,
  login: MailLogin,
): Promise<UserError | null> {
  try {
    await services.testLogin(login);
    return null;
  } catch (error) {
    if (error instanceof MailError) return loginFailed(error);
    throw error;
  }
}

function overlaid(mailbox: Mailbox, status: MailboxStatus): Mailbox {
  const { state, checkpoint, lastSuccessAt, nextVisitAt, lastError } = status;
  return {
    ...mailbox,
    state,
    checkpoint,
    lastError,
    lastSuccessAt: lastSuccessAt === null ? mailbox.lastSuccessAt : new Date(lastSuccessAt),
    nextVisitAt: nextVisitAt === null ? null : new Date(nextVisitAt),
  };
}
