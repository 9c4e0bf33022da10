import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { withClient } from '../../local/postgres.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

/** `mailroom` is migrated by servers.ts; a copy of it takes a tenth of what the migrations take. */
const TEMPLATE = 'mailroom';

/** An empty database with all tables, for one test file; dropped when disposed. */
export async function createDatabase(): Promise<TestDatabase> {
  const admin = inject('databaseUrl');
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await withClient(admin, (sql) => sql`create database ${sql(name)} template ${sql(TEMPLATE)}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: async () => {
      await withClient(admin, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}
