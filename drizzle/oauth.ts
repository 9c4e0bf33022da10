import { createHash } from 'node:crypto';
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { AuthorizationRequest, OAuthProvider } from '../domain/authorization.ts';
import type { Db } from './database.ts';
import { oauthRequests, users, workspaces } from './schema/index.ts';
import type { Vault } from './vault.ts';
import type { Viewer } from './viewers.ts';

/** How long a person may take at the provider. */
export const OAUTH_REQUEST_MS = 10 * 60_000;

/** A login with a provider that has begun: who asked for it, what for, and the secret half of PKCE. */
export interface OpenAuthorization {
  readonly provider: OAuthProvider;
  readonly request: AuthorizationRequest;
  readonly verifier: string;
  readonly viewer: Viewer;
  /** For the person who is asked to consent. */
  readonly userName: string;
  readonly workspaceName: string;
}

/** Keeps a begun login under the hash of its `state`: who reads the table can finish none. */
export async function addOAuthRequest(
  db: Db,
  vault: Vault,
  login: Pick<OpenAuthorization, 'provider' | 'request' | 'verifier'> & {
    readonly viewer: Viewer;
    readonly state: string;
  },
): Promise<void> {
  const stateHash = hashState(login.state);
  const { provider, request } = login;
  const { workspaceId, userId } = login.viewer;
  await db.insert(oauthRequests).values({
    ...{ stateHash, workspaceId, userId, provider, request },
    envelope: vault.seal(login.verifier, scopeOf(stateHash)),
    expiresAt: sql`now() + ${OAUTH_REQUEST_MS} * interval '1 ms'`,
  });
}

/** The login that a `state` belongs to; null when there is none or it took too long. Needs the unrestricted connection. */
export async function findOAuthRequest(
  db: Db,
  vault: Vault,
  state: string,
): Promise<OpenAuthorization | null> {
  const [row] = await db
    .select({
      login: oauthRequests,
      ...{ userName: users.name, role: users.role, workspaceName: workspaces.name },
    })
    .from(oauthRequests)
    .innerJoin(users, eq(users.id, oauthRequests.userId))
    .innerJoin(workspaces, eq(workspaces.id, oauthRequests.workspaceId))
    .where(
      and(eq(oauthRequests.stateHash, hashState(state)), gt(oauthRequests.expiresAt, sql`now()`)),
    );
  if (row === undefined) return null;
  const { provider, request, envelope, stateHash, workspaceId, userId } = row.login;
  return {
    ...{ provider, request, verifier: vault.open(envelope, scopeOf(stateHash)) },
    viewer: { workspaceId, userId, role: row.role },
    ...{ userName: row.userName, workspaceName: row.workspaceName },
  };
}

/** The same, once: whoever comes second gets null. Forgets every login that took too long. */
export async function takeOAuthRequest(
  db: Db,
  vault: Vault,
  state: string,
): Promise<OpenAuthorization | null> {
  const found = await findOAuthRequest(db, vault, state);
  await db.delete(oauthRequests).where(lte(oauthRequests.expiresAt, sql`now()`));
  const taken = await db
    .delete(oauthRequests)
    .where(eq(oauthRequests.stateHash, hashState(state)))
    .returning({ provider: oauthRequests.provider });
  return taken.length === 1 ? found : null;
}

/** What is stored of `state`. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

function scopeOf(stateHash: string): string {
  return `oauth|${stateHash}|verifier`;
}
