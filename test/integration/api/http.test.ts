import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './harness.ts';
import { startApi } from '../../../api/app.ts';
import { createLogger } from '../../../log.ts';
import { openDatabase } from '../../../drizzle/database.ts';
import { FakeOrchestrator } from './fake-orchestrator.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test('without a token, or with one that nobody has, there is no answer but 401', async () => {
  const stranger = { ...api.acme, token: 'nobody-has-this-token' };
  for (const tenant of [null, stranger, { ...api.acme, token: '' }]) {
    const answer = await api.ask('{ viewer { name } }', {}, tenant);
    expect(answer.status).toBe(401);
    expect(answer.data).toBeNull();
    expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }
});

test('the viewer is the user whose token it is', async () => {
  const document = '{ viewer { name role addresses workspace { name } } }';
  const { data } = await api.ask(document);
  expect(data).toEqual({
    viewer: {
      name: 'Admin of acme',
      role: 'ADMIN',
      addresses: ['admin@acme.example'],
      workspace: { name: 'acme' },
    },
  });
});

test('/healthz answers once the database does', async () => {
  const response = await fetch(`${api.url}/healthz`);
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
});

test('without a database /healthz says so, and a query tells nothing but an id', async () => {
  const nowhere = 'postgres://user:topsecret@127.0.0.1:1/none';
  await using database = openDatabase(nowhere, { maxConnections: 1 });
  const lines: string[] = [];
  const log = createLogger('info', 'api', { write: (line) => void lines.push(line) });
  await using broken = await startApi(
    {
      ...{ database, log, orchestrator: new FakeOrchestrator(), allowLocalServers: false },
      ...{ vault: api.vault, testLogin: () => Promise.reject(new Error('never')) },
      discover: () => Promise.reject(new Error('never')),
      ...{ publicUrl: 'http://127.0.0.1:4000', oauth: {} },
    },
    { host: '127.0.0.1', port: 0 },
  );
  const health = await fetch(`${broken.url}/healthz`);
  expect([health.status, await health.json()]).toEqual([503, { status: 'unavailable' }]);
  const response = await fetch(`${broken.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer some-token' },
    body: '{"query":"{ viewer { name } }"}',
  });
  const body = await response.text();
  const { errors } = JSON.parse(body) as { errors: { extensions: { code: string; id: string } }[] };
  expect(errors[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
  expect(lines.some((line) => line.includes(errors[0]?.extensions.id ?? 'no id'))).toBe(true);
  expect(body + lines.join('')).not.toMatch(/topsecret|some-token|select|ECONNREFUSED 127/);
});

test('a body of more than 2 MB is refused', async () => {
  const answer = await api.ask('{ viewer { name } }', { padding: 'x'.repeat(2_200_000) });
  expect(answer.status).toBe(413);
  expect(answer.errors).toMatchObject([{ extensions: { code: 'REQUEST_TOO_LARGE' } }]);
});

test('what is no JSON, and what is no GraphQL, is the fault of the client', async () => {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${api.acme.token}` },
    body: '{"query": ',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'BAD_REQUEST' } }],
  });
  const answer = await api.ask('{ nothing }');
  expect(answer.status).toBe(400);
  expect(answer.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
});

test('a character that PostgreSQL cannot store is the fault of the client', async () => {
  const answer = await api.ask('query ($s: String) { contacts(search: $s) { nodes { id } } }', {
    s: 'a\u0000b',
  });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

test.each([
  ['first', '{ contacts(first: 101) { nodes { id } } }'],
  ['first', '{ engagements(first: 0) { nodes { id } } }'],
  ['after', '{ decisions(after: "x") { nodes { id } } }'],
  ['search', `{ accounts(search: "${'x'.repeat(201)}") { nodes { id } } }`],
  ['mailboxId', '{ engagements(filter: { mailboxId: "x" }) { nodes { id } } }'],
  ['address', '{ decisions(filter: { address: "jill@" }) { nodes { id } } }'],
  ['ids', `{ nodes(ids: [${'"x",'.repeat(101)}]) { id } }`],
  ['offset', '{ engagements(filter: { since: "2026-11-22T08:00:00" }) { nodes { id } } }'],
])('a bad %s is named', async (word, document) => {
  const answer = await api.ask(document);
  expect(answer.errors[0]?.message).toContain(word);
  expect(['BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED']).toContain(
    answer.errors[0]?.extensions?.code,
  );
});

test('a variable of the wrong type is not quoted, and no variable is ever logged', async () => {
  const document =
    'mutation ($input: TestMailboxInput!) { testMailbox(input: $input) { userErrors { code } } }';
  const input = {
    imap: { host: 'h', port: 993, security: 'TLS', password: 'my-hunter2-password' },
  };
  const answer = await api.ask(document, { input });
  expect(answer.errors[0]?.message).toContain('Field "username" of required type');
  expect(answer.raw + api.logged.join('')).not.toContain('hunter2');
});
