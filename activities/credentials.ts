import type { OAuthTokens } from '../domain/authorization.ts';
import { lockEnvelope, openTokens, replaceEnvelope, sealTokens } from '../drizzle/credentials.ts';
import type { Db } from '../drizzle/database.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { credentialScope, type Vault } from '../drizzle/vault.ts';
import { MailError } from '../mail/errors.ts';
import { refreshTokens, type OAuthClients } from '../mail/oauth.ts';
import { MailboxGoneError } from './failures.ts';

/** What logs in: a password, or an access token beside an empty one. */
export interface Credentials {
  readonly password: string;
  readonly accessToken?: string;
}

export interface CredentialDependencies {
  readonly db: Db;
  readonly vault: Vault;
  readonly oauth: OAuthClients;
}

/** What the credentials of a mailbox need to be opened. */
export type Keyholder = Pick<
  ConnectedMailbox,
  'id' | 'workspaceId' | 'auth' | 'credentialVersion' | 'envelope'
>;

/** A token that ends sooner is refreshed first: a visit may take some minutes. */
const FRESH_MS = 5 * 60_000;
/** A refresh holds a connection to the database while the provider answers; the others are for everybody else. */
const REFRESHES_AT_A_TIME = 3;

/**
 * Opens a connection with the mailbox's credentials. An access token that the server refuses is refreshed once and
 * tried once more: providers end tokens early, and only a refused refresh shows that access is gone (R55).
 */
export async function withFreshToken<T>(
  deps: CredentialDependencies,
  mailbox: Keyholder,
  open: (credentials: Credentials) => Promise<T>,
): Promise<T> {
  const credentials = await openCredentials(deps, mailbox);
  try {
    return await open(credentials);
  } catch (error) {
    const { accessToken } = credentials;
    const isRefused = error instanceof MailError && error.kind === 'authentication_failed';
    if (accessToken === undefined || !isRefused) throw error;
    return open(await openCredentials(deps, mailbox, accessToken));
  }
}

/** The password, or an access token that is good for some minutes and not `refused`. Throws MailError where none can be had. */
export async function openCredentials(
  deps: CredentialDependencies,
  mailbox: Keyholder,
  refused: string | null = null,
): Promise<Credentials> {
  const { auth, envelope, id, workspaceId } = mailbox;
  if (auth === 'password') {
    return { password: deps.vault.open(envelope, credentialScope(workspaceId, id)) };
  }
  const known = openTokens(deps.vault, { workspaceId, mailboxId: id }, envelope);
  const { accessToken } = isGood(known, refused)
    ? known
    : await inTurn(() => refreshed(deps, mailbox, refused));
  return { password: '', accessToken };
}

/**
 * The row stays locked while the provider is asked, so that of all processes one refreshes and the others find what it
 * brought. The rotated refresh token is committed before anything is done with the new access token: a provider that
 * rotates them takes the old one no more.
 */
async function refreshed(
  { db, vault, oauth }: CredentialDependencies,
  { auth, id: mailboxId, workspaceId, credentialVersion: version }: Keyholder,
  refused: string | null,
): Promise<OAuthTokens> {
  const client = auth === 'password' ? undefined : oauth[auth];
  if (client === undefined) {
    const message = 'This worker has no OAuth client for the provider of the mailbox.';
    throw new MailError('server_unavailable', message, { responseCode: 'NO_OAUTH_CLIENT' });
  }
  return db.transaction(async (transaction) => {
    const envelope = await lockEnvelope(transaction, { mailboxId, version });
    if (envelope === null) throw new MailboxGoneError('The credentials were deleted.');
    const known = openTokens(vault, { workspaceId, mailboxId }, envelope);
    if (isGood(known, refused)) return known;
    const tokens = await refreshTokens(client, known.refreshToken);
    const sealed = sealTokens(vault, { workspaceId, mailboxId }, tokens);
    await replaceEnvelope(transaction, { mailboxId, version }, sealed);
    return tokens;
  });
}

function isGood({ accessToken, expiresAt }: OAuthTokens, refused: string | null): boolean {
  return accessToken !== refused && expiresAt - FRESH_MS > Date.now();
}

let free = REFRESHES_AT_A_TIME;
const waiting: (() => void)[] = [];

/** Runs as many at a time as this process may; the others in the order they came. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free -= 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }
}
