import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { openDatabase, type Db } from './database.ts';
import { accessTokens, internalDomains, userAddresses, users, workspaces } from './schema/index.ts';

export interface LocalWorkspace {
  readonly token: string;
  readonly workspaceName: string;
  readonly adminName: string;
  readonly adminAddress: string;
  readonly internalDomains: readonly string[];
}

/** Makes the workspace, its admin and the admin's token, once: later calls with the same token change nothing. */
export async function ensureLocalWorkspace(
  databaseUrl: string,
  options: LocalWorkspace,
): Promise<void> {
  await using database = openDatabase(databaseUrl, { maxConnections: 1 });
  await database.db.transaction(async (db) => {
    const tokenHash = hashToken(options.token);
    const known = await db
      .select({ id: accessTokens.id })
      .from(accessTokens)
      .where(eq(accessTokens.tokenHash, tokenHash));
    if (known.length === 0) await createWorkspace(db, options);
  });
}

/** What is stored of a bearer token. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Makes a workspace with an admin who holds `token`; returns the ids. */
export async function createWorkspace(
  db: Db,
  options: LocalWorkspace,
): Promise<{ workspaceId: string; userId: string }> {
  const [workspace] = await db
    .insert(workspaces)
    .values({ name: options.workspaceName })
    .returning({ id: workspaces.id });
  if (workspace === undefined) throw new Error('insert into workspaces returned no row');
  const workspaceId = workspace.id;
  const [user] = await db
    .insert(users)
    .values({ workspaceId, name: options.adminName, role: 'admin' })
    .returning({ id: users.id });
  if (user === undefined) throw new Error('insert into users returned no row');
  await db
    .insert(userAddresses)
    .values({ workspaceId, userId: user.id, address: options.adminAddress, isPrimary: true });
  for (const domain of options.internalDomains) {
    await db.insert(internalDomains).values({ workspaceId, domain });
  }
  await db
    .insert(accessTokens)
    .values({ workspaceId, userId: user.id, tokenHash: hashToken(options.token) });
  return { workspaceId, userId: user.id };
}
