import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './harness.ts';
import { aMailbox } from './records.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

async function scrape(): Promise<string> {
  const response = await fetch(`${api.url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; *(charset|version)/);
  return response.text();
}

async function readyz() {
  const response = await fetch(`${api.url}/readyz`);
  return [response.status, await response.json()];
}

test('/metrics tells operations by kind, result and field, and nothing that a client sent', async () => {
  await api.ask('query Secret { mine: viewer { name } }');
  await api.ask('{ viewer { name } workspace { name } }');
  await api.ask('mutation { nothing }');
  const imap = {
    host: 'mail.acme.example',
    port: 993,
    security: 'TLS',
    username: 'ana',
    password: 'x',
  };
  await api.ask(
    'mutation ($input: TestMailboxInput!) { testMailbox(input: $input) { userErrors { code } } }',
    { input: { imap } },
  );
  await api.ask('{ viewer { name } }', {}, null);
  await fetch(`${api.url}/hunter2`);
  const text = await scrape();
  const ours = text.split('\n').filter((line) => /^mailroom_(?!\w+_bucket)/.test(line));
  for (const line of [
    'mailroom_graphql_operations_total{type="query",result="ok"} 2',
    'mailroom_graphql_operations_total{type="mutation",result="ok"} 1',
    'mailroom_graphql_operations_total{type="none",result="refused"} 2',
    'mailroom_graphql_operation_duration_seconds_count{type="mutation",field="testMailbox"} 1',
    'mailroom_graphql_operation_duration_seconds_count{type="query",field="viewer"} 1',
    'mailroom_graphql_operation_duration_seconds_count{type="query",field="several"} 1',
    'mailroom_http_requests_total{route="other",status="404"} 1',
    'mailroom_database_connections_max 4',
    'mailroom_database_transactions 0',
  ]) {
    expect(ours).toContain(line);
  }
  const documented = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const names = [...documented.matchAll(/^\| `(mailroom_\w+)` .* \| API /gm)].map(
    ([, name]) => name,
  );
  const shown = [...text.matchAll(/^# TYPE (mailroom_\w+)/gm)].map(([, name]) => name);
  expect(names.toSorted()).toEqual(shown.toSorted());
  expect(text).toContain('\nnodejs_heap_size_used_bytes ');
  expect(text).not.toMatch(/Secret|mine|nothing|hunter2|acme/);
});

test('R56 /metrics tells how many mailboxes show each state, and how late the latest visit is', async () => {
  const overdue = async () =>
    Number(/^mailroom_visits_overdue_seconds (\S+)/m.exec(await scrape())?.[1]);
  expect(await overdue()).toBe(0);
  const mailboxId = await aMailbox(api.database.db, api.acme.workspaceId);
  await api.database.db.execute(sql`
    update mailboxes set state = 'watching', next_visit_at = now() - interval '90 seconds' where id = ${mailboxId}::uuid`);
  const text = await scrape();
  expect(text).toContain('mailroom_mailboxes{state="watching"} 1\n');
  expect(await overdue()).toBeGreaterThanOrEqual(90);
  expect(text).not.toContain(mailboxId);
  await api.database.db.execute(sql`
    insert into mailbox_leases (mailbox_id, workspace_id, host, holder, purpose, expires_at)
    select id, workspace_id, host, 'w', 'visit', now() + interval '1 minute' from mailboxes`);
  expect(await overdue()).toBe(0);
  await api.database.db.execute(sql`update mailbox_leases set expires_at = now()`);
  expect(await overdue()).toBeGreaterThanOrEqual(90);
  await api.database.db.execute(sql`update mailboxes set desired_state = 'paused'`);
  expect(await overdue()).toBe(0);
});

test('/readyz says what is missing: Temporal, or a migration', async () => {
  expect(await readyz()).toEqual([200, { status: 'ok', missing: [] }]);
  api.orchestrator.isReachable = false;
  expect(await readyz()).toEqual([503, { status: 'unavailable', missing: ['temporal'] }]);
  api.orchestrator.reset();
  const shift = (by: number) =>
    api.database.db.execute(
      sql`update drizzle.__drizzle_migrations set created_at = created_at + ${by}`,
    );
  await shift(-1);
  expect(await readyz()).toEqual([503, { status: 'unavailable', missing: ['migrations'] }]);
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  await shift(2);
  expect(await readyz()).toEqual([200, { status: 'ok', missing: [] }]);
});

test('the id of a request is taken over when it is an id', async () => {
  const answered = async (id: string) => {
    const response = await fetch(`${api.url}/healthz`, { headers: { 'x-request-id': id } });
    return response.headers.get('x-request-id');
  };
  const given = '00-4bf92f3577b34da6a3ce929d0e0e4736-01';
  expect(await answered(given)).toBe(given);
  expect(api.logged.at(-1)).toContain(`"requestId":"${given}"`);
  for (const bad of ['jill@customer.example', 'x'.repeat(65), 'short', '{"a":1,"b":2}']) {
    expect(await answered(bad)).toMatch(/^[0-9a-f-]{36}$/);
  }
});
