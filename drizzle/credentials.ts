import { and, eq } from 'drizzle-orm';
import type { OAuthTokens } from '../domain/authorization.ts';
import type { Db } from './database.ts';
import { mailboxCredentials } from './schema/index.ts';
import type { Vault } from './vault.ts';

/** One version of a mailbox's credentials. */
export interface CredentialVersion {
  readonly mailboxId: string;
  readonly version: number;
}

interface Owner {
  readonly workspaceId: string;
  readonly mailboxId: string;
}

/** Seals OAuth tokens for one mailbox. A password envelope never opens as tokens, nor the other way round. */
export function sealTokens(vault: Vault, owner: Owner, tokens: OAuthTokens): Buffer {
  const { refreshToken, accessToken, expiresAt } = tokens;
  return vault.seal(JSON.stringify({ refreshToken, accessToken, expiresAt }), tokenScope(owner));
}

/** Throws when the envelope is not this mailbox's tokens. */
export function openTokens(vault: Vault, owner: Owner, envelope: Buffer): OAuthTokens {
  const tokens: unknown = JSON.parse(vault.open(envelope, tokenScope(owner)));
  if (!isTokens(tokens)) throw new Error('The credential envelope holds no tokens.');
  return tokens;
}

/** The envelope, locked until the transaction ends, so that tokens are refreshed by one process at a time; null when it is gone. */
export async function lockEnvelope(
  db: Db,
  { mailboxId, version }: CredentialVersion,
): Promise<Buffer | null> {
  const [row] = await db
    .select({ envelope: mailboxCredentials.envelope })
    .from(mailboxCredentials)
    .where(isVersion({ mailboxId, version }))
    .for('update');
  return row?.envelope ?? null;
}

/** Puts refreshed tokens in the place of the old ones: the same credentials, so the same version. */
export async function replaceEnvelope(
  db: Db,
  version: CredentialVersion,
  envelope: Buffer,
): Promise<void> {
  await db.update(mailboxCredentials).set({ envelope }).where(isVersion(version));
}

function isVersion({ mailboxId, version }: CredentialVersion) {
  return and(eq(mailboxCredentials.mailboxId, mailboxId), eq(mailboxCredentials.version, version));
}

function tokenScope({ workspaceId, mailboxId }: Owner): string {
  return `${workspaceId}|${mailboxId}|tokens`;
}

function isTokens(value: unknown): value is OAuthTokens {
  if (typeof value !== 'object' || value === null) return false;
  const { refreshToken, accessToken, expiresAt } = { ...value } as Partial<OAuthTokens>;
  return (
    [typeof refreshToken, typeof accessToken, typeof expiresAt].join() === 'string,string,number'
  );
}
