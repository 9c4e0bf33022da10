import { Connection } from '@temporalio/client';
import { expect, inject, test } from 'vitest';
import { withClient } from '../../../local/postgres.ts';
import { missingSearchAttributes } from '../../../local/search-attributes.ts';
import { SEARCH_ATTRIBUTES } from '../../../workflows/messages.ts';
import { createDatabase } from '../../support/postgres.ts';

test('every database of a test is migrated, its own, and gone afterwards', async () => {
  const urls: string[] = [];
  {
    await using one = await createDatabase();
    await using two = await createDatabase();
    urls.push(one.url, two.url);
    await withClient(one.url, (sql) => sql`create table mine ()`);
    expect(await tables(one.url)).toEqual([...(await tables(two.url)), 'mine'].toSorted());
    expect(await tables(two.url)).toContain('mailboxes');
  }
  for (const url of urls) await expect(tables(url)).rejects.toThrow('does not exist');
});

test('workflows can set all our search attributes', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  expect(await missingSearchAttributes(connection, 'default', SEARCH_ATTRIBUTES)).toEqual([]);
  await connection.close();
});

async function tables(url: string): Promise<string[]> {
  const rows = await withClient(
    url,
    (sql) => sql`select tablename from pg_tables where schemaname = 'public'`,
  );
  return rows.map((row) => String(row['tablename'])).toSorted();
}
