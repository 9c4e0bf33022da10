import { budgetOf, overBudget } from '../domain/budget.ts';
import { providerById } from '../domain/providers.ts';
import { openTokens } from '../drizzle/credentials.ts';
import { findConnected, type ConnectedMailbox } from '../drizzle/loop.ts';
import type { Mailbox } from '../drizzle/mailboxes.ts';
import { countUsage, usageOf } from '../drizzle/usage.ts';
import { credentialScope, type Vault } from '../drizzle/vault.ts';
import { describeError } from '../log.ts';
import { openAttachmentSource, type AttachmentSource } from '../mail/attachment.ts';
import { MAIL_ERROR_ADVICE } from '../mail/advice.ts';
import { MAIL_ERROR_KINDS, MailError } from '../mail/errors.ts';
import type { Services } from './context.ts';
import { takeLease } from './download-lease.ts';
import { refusal, type Refusal } from './refusal.ts';

const COME_BACK_SECONDS = 30;
/** An access token that ends sooner is not begun with. */
const LONG_ENOUGH_MS = 60_000;
const STALE = refusal(
  503,
  'ACCESS_STALE',
  'The access to this mailbox has to be renewed first, which a visit does. Try again in half a minute.',
  COME_BACK_SECONDS,
);

interface Credentials {
  readonly password: string;
  readonly accessToken?: string;
}

/** What one download needs to know and to end by. */
export interface Access {
  readonly services: Services;
  /** Aborted when the person has gone. */
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

/**
 * The one connection of a mailbox, for a person: under the same lease, budget and count as the visits, so that a provider
 * never sees a second one. A budget's reserve is for people, so they may use all of it. Answers with a refusal when
 * the mailbox may not be read now, and null when it is not connected any more.
 */
export async function openMailbox(
  access: Access,
  mailbox: Mailbox,
): Promise<AttachmentSource | Refusal | null> {
  const { services } = access;
  const closed = closedFor(mailbox) ?? (await spent(services, mailbox));
  if (closed !== null) return closed;
  // Credentials are behind the wall of the API's role; opened only now, and only to connect.
  const connected = await findConnected(services.database.db, mailbox.id);
  if (connected === null) return null;
  const credentials = credentialsOf(services.vault, connected);
  if (credentials === null) {
    await haveVisited(services, mailbox);
    return STALE;
  }
  await using stack = new AsyncDisposableStack();
  const lost = await takeLease(stack, access, mailbox);
  if (!(lost instanceof AbortSignal)) return lost;
  const signal = AbortSignal.any([access.signal, lost]);
  try {
    const source = await connect(stack, services, { ...connected, credentials }, signal);
    const opened = stack.move();
    return { ...source, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    // A visit that is refused too asks for the reconnection; until then every download would be one more wrong login.
    if (error.kind === 'authentication_failed') await haveVisited(services, mailbox);
    return serverRefusal(error);
  }
}

/** The tokens of OAuth are renewed by visits alone: null while they wait for one. */
function credentialsOf(vault: Vault, mailbox: ConnectedMailbox): Credentials | null {
  const { id: mailboxId, workspaceId, auth, envelope } = mailbox;
  if (auth === 'password') {
    return { password: vault.open(envelope, credentialScope(workspaceId, mailboxId)) };
  }
  const { accessToken, expiresAt } = openTokens(vault, { workspaceId, mailboxId }, envelope);
  return expiresAt - LONG_ENOUGH_MS > Date.now() ? { password: '', accessToken } : null;
}

/** Nobody has to hear of it: the next visit comes anyway. */
async function haveVisited({ orchestrator, log }: Services, mailbox: Mailbox): Promise<void> {
  try {
    await orchestrator.nudge(mailbox);
  } catch (error) {
    log.warn({ error: describeError(error) }, 'no visit could be asked for');
  }
}

/** R55: no login is tried with credentials that were refused, nor before a provider's own time is over. */
function closedFor({ state, lastError, nextVisitAt, protocol }: Mailbox): Refusal | null {
  if (protocol === 'pop3') {
    return refusal(501, 'NOT_SUPPORTED', 'POP3 cannot fetch single files of a message.');
  }
  if (state === 'needs_reconnection') {
    return refusal(503, 'MAILBOX_NOT_ACTIVE', 'The mailbox waits for its reconnection.');
  }
  const wait = (nextVisitAt?.getTime() ?? 0) - Date.now();
  if (state !== 'backing_off' || lastError?.code !== 'throttled' || wait <= 0) return null;
  return refusal(503, 'THROTTLED', MAIL_ERROR_ADVICE.throttled.message, wait / 1000);
}

async function spent({ database }: Services, mailbox: Mailbox): Promise<Refusal | null> {
  const { id, provider, protocol, policy } = mailbox;
  const usage = (await usageOf(database.db, [id])).get(id);
  if (usage === undefined) return null;
  const budget = budgetOf(providerById(provider), protocol, policy);
  const whole = { ...budget, liveBytes: budget.bytesPerDay };
  const deferral = overBudget(whole, usage, { lane: 'live', needsLogin: true });
  if (deferral === null) return null;
  const message = `The mailbox has used up what its provider allows. It can be read again at ${new Date(deferral.until).toISOString()}.`;
  return refusal(503, 'BUDGET_SPENT', message, (deferral.until - Date.now()) / 1000);
}

async function connect(
  stack: AsyncDisposableStack,
  services: Services,
  mailbox: ConnectedMailbox & { readonly credentials: Credentials },
  signal: AbortSignal,
): Promise<AttachmentSource> {
  const { id: mailboxId, workspaceId, server, credentials } = mailbox;
  const { db } = services.database;
  const owner = { mailboxId, workspaceId };
  // Counted before it is tried: a crash must not forget it.
  await countUsage(db, owner, { logins: 1 });
  const { allowLocalServers: allowLocal } = services;
  const source = await openAttachmentSource({ ...server, ...credentials }, { allowLocal, signal });
  // Disposed in reverse: closed, then counted, then the lease goes.
  stack.defer(() => countUsage(db, owner, source.octets()));
  return stack.use(source);
}

/** In our words. What the person can do about it, the mailbox itself will show after its next visit. */
export function serverRefusal({ kind, retryAfterMs }: MailError): Refusal {
  const { message } = MAIL_ERROR_ADVICE[kind];
  const code = kind.toUpperCase();
  if (!MAIL_ERROR_KINDS[kind].retryable) return refusal(502, code, message);
  return refusal(
    503,
    code,
    message,
    retryAfterMs === null ? COME_BACK_SECONDS : retryAfterMs / 1000,
  );
}
