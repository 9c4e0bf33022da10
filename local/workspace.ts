import { join } from 'node:path';
import { ensureLocalWorkspace } from '../drizzle/bootstrap.ts';
import { migrate } from '../drizzle/migrate.ts';
import { withProgress } from './progress.js';
import { keptSecret } from './secrets.ts';

const EMPTY = {
  workspaceName: 'My workspace',
  adminName: 'Administrator',
  adminAddress: 'admin@localhost.invalid',
  internalDomains: [],
} as const;

const DEMO = {
  workspaceName: 'Northwind Coffee',
  adminName: 'Ana Sommer',
  adminAddress: 'ana@northwind-coffee.example',
  internalDomains: ['northwind-coffee.example'],
} as const;

/** Brings the database to the current schema, with one workspace in it; returns its admin token. */
export async function prepareWorkspace(
  databaseUrl: string,
  { localDir, isDemo }: { readonly localDir: string; readonly isDemo: boolean },
): Promise<string> {
  const token = keptSecret(join(localDir, 'token'), 'base64url');
  await withProgress('preparing the database', migrate(databaseUrl));
  await ensureLocalWorkspace(databaseUrl, { token, ...(isDemo ? DEMO : EMPTY) });
  return token;
}
