import { randomUUID } from 'node:crypto';
import { createWorkspace } from '../../drizzle/bootstrap.ts';
import { openDatabase, type Database, type Db } from '../../drizzle/database.ts';
import { only } from '../../drizzle/rows.ts';
import { mailboxes } from '../../drizzle/schema/index.ts';
import { createDatabase } from './postgres.ts';

type MailboxRow = typeof mailboxes.$inferInsert;

/** A database with a workspace and mailboxes that nobody reads. */
export interface SomeMailboxes extends AsyncDisposable {
  readonly database: Database;
  readonly db: Db;
  readonly workspaceId: string;
  add(columns?: Partial<MailboxRow>): Promise<{ mailboxId: string; workspaceId: string }>;
}

export async function someMailboxes(): Promise<SomeMailboxes> {
  const stack = new AsyncDisposableStack();
  const { url } = stack.use(await createDatabase());
  const database = stack.use(openDatabase(url, { maxConnections: 8 }));
  const { db } = database;
  const { workspaceId } = await createWorkspace(db, {
    ...{ token: randomUUID(), workspaceName: 'Acme', adminName: 'Ana' },
    ...{ adminAddress: 'ana@acme.example', internalDomains: ['acme.example'] },
  });
  return {
    ...{ database, db, workspaceId },
    async add(columns = {}) {
      const username = randomUUID();
      const rows = await db
        .insert(mailboxes)
        .values({
          ...{ workspaceId, username, address: `${username}@acme.example` },
          ...{ host: 'mail.example', port: 993, security: 'tls', ...columns },
        })
        .returning({ mailboxId: mailboxes.id });
      return { ...only(rows), workspaceId };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
