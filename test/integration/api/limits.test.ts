import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './harness.ts';

const TIMEOUT_MS = 700;
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({}, { requestTimeoutMs: TIMEOUT_MS, isIntrospectable: false });
});
afterAll(() => api[Symbol.asyncDispose]());

/** A query of fields within each other, the innermost of which has `id`. */
const nested = (...fields: string[]) =>
  `{ ${fields.join(' { ')} { id ${'}'.repeat(fields.length)} }`;
const pages = (first: string) =>
  nested(
    ...['contacts(first: 100)', 'nodes', 'engagements(first: 20)', 'nodes', 'accounts'],
    ...[`engagements(first: ${first})`, 'nodes'],
  );

test.each([
  ['TOO_MANY_TOKENS', `{ viewer { ${'name '.repeat(2000)} } }`],
  [
    'OPERATION_TOO_DEEP',
    nested('accounts', 'nodes', ...Array.from({ length: 13 }, () => 'parent')),
  ],
  [
    'TOO_MANY_ALIASES',
    `{ viewer { ${Array.from('abcdefghijklmnopqrstu', (a) => `${a}: id`).join(' ')} } }`,
  ],
  ['TOO_MANY_DIRECTIVES', `{ viewer { ${'... @skip(if: true) { id } '.repeat(31)} } }`],
  ['OPERATION_TOO_EXPENSIVE', pages('100')],
])('%s says how to stay below, and nothing is read', async (code, document) => {
  const answer = await api.ask(document);
  expect([answer.status, answer.data]).toEqual([400, null]);
  expect(answer.errors).toMatchObject([
    { extensions: { code, limit: expect.any(Number) as number } },
  ]);
  expect(answer.errors[0]?.message).toMatch(/\. (?:Ask|Send|Put|Give) /);
});

test('a size in a variable counts as what it is', async () => {
  const document = `query ($n: Int) ${pages('$n')}`;
  expect((await api.ask(document, { n: 1 })).errors).toEqual([]);
  expect((await api.ask(document, { n: 100 })).errors).toMatchObject([
    { extensions: { code: 'OPERATION_TOO_EXPENSIVE' } },
  ]);
});

test('a request that takes too long is answered, and its statement ends', async () => {
  const { db } = api.database;
  const waiting = async () =>
    db.execute(sql`select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`);
  const unlock = Promise.withResolvers<undefined>();
  const locked = Promise.withResolvers<undefined>();
  const lock = db.transaction(async (transaction) => {
    await transaction.execute(sql`lock table contacts in access exclusive mode`);
    locked.resolve(undefined);
    await unlock.promise;
  });
  await locked.promise;
  try {
    const startedAt = performance.now();
    const asked = api.ask('{ contacts { nodes { id } } }');
    await expect.poll(waiting).toHaveLength(1);
    const answer = await asked;
    expect(performance.now() - startedAt).toBeGreaterThan(TIMEOUT_MS - 50);
    expect(answer.status).toBe(200);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'REQUEST_TIMEOUT' } }]);
    expect(answer.errors[0]?.message).toContain('0.7 seconds');
    await expect.poll(waiting).toEqual([]);
  } finally {
    unlock.resolve(undefined);
    await lock;
  }
  expect((await api.ask('{ contacts { nodes { id } } }')).errors).toEqual([]);
});

test('without introspection the schema is not told, by mistakes neither', async () => {
  const asked = await api.ask('{ __schema { types { name } } }');
  expect([asked.status, asked.data]).toEqual([400, null]);
  expect(asked.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  const mistaken = await api.ask('{ viewer { nam } }');
  expect(mistaken.raw).not.toContain('Did you mean');
  expect((await api.ask('{ viewer { __typename } }')).errors).toEqual([]);
});
