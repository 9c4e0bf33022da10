import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './harness.ts';
import { startApi } from '../../../api/app.ts';
import { createLogger } from '../../../log.ts';
import { openDatabase } from '../../../drizzle/database.ts';
import { FakeOrchestrator } from './fake-orchestrator.ts';

const ORIGIN = 'https://crm.acme.example';
let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({}, { allowedOrigins: [ORIGIN] });
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
  const ready = await fetch(`${broken.url}/readyz`);
  expect(await ready.json()).toEqual({
    status: 'unavailable',
    missing: ['database', 'migrations'],
  });
  const metrics = await (await fetch(`${broken.url}/metrics`)).text();
  expect(metrics).toContain('mailroom_visits_overdue_seconds Nan\n');
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

interface Sent {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as a browser or a library sends it: nothing is set that is not given. */
function send(path: string, init: Sent = {}) {
  const authorization = `Bearer ${api.acme.token}`;
  return fetch(`${api.url}${path}`, { ...init, headers: { authorization, ...init.headers } });
}

const JSON_TYPE = 'application/json';
const NAME = '/graphql?query={viewer{name}}';
const post = (body: unknown, headers: Record<string, string> = {}) =>
  send('/graphql', {
    ...{ method: 'POST', body: JSON.stringify(body) },
    headers: { 'content-type': JSON_TYPE, ...headers },
  });

test.each([
  [undefined, 'application/json; charset=utf-8'],
  ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
  [
    'application/graphql-response+json, application/json;q=0.9',
    'application/graphql-response+json; charset=utf-8',
  ],
  ['text/html, */*', 'application/json; charset=utf-8'],
])('GraphQL over HTTP: Accept %s is answered as %s', async (accept, type) => {
  const headers = { 'content-type': JSON_TYPE, ...(accept === undefined ? {} : { accept }) };
  const query = 'query Name($is: Boolean!) { viewer { name @include(if: $is) } }';
  const variables = { is: true };
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString();
  for (const response of [
    await post({ query, variables, operationName: 'Name' }, headers),
    await send(`/graphql?${search}`, { headers }),
  ]) {
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    expect(await response.json()).toEqual({ data: { viewer: { name: 'Admin of acme' } } });
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

test.each([
  ['no document', 400, () => post({})],
  ['no JSON object', 400, () => post('text')],
  ['a syntax error', 400, () => post({ query: '{' })],
  ['an unknown field', 400, () => post({ query: '{ nothing }' })],
  [
    'a variable of the wrong type',
    400,
    () =>
      post({
        query: 'query ($n: Int) { contacts(first: $n) { nodes { id } } }',
        variables: { n: 'x' },
      }),
  ],
  [
    'an unknown operation',
    400,
    () => post({ query: 'query A { viewer { id } }', operationName: 'B' }),
  ],
  [
    'another method',
    405,
    () => send('/graphql', { method: 'PUT', headers: { 'content-type': JSON_TYPE } }),
  ],
  [
    'a mutation by GET',
    405,
    () => send('/graphql?query=mutation{x:__typename}', { headers: { 'content-type': JSON_TYPE } }),
  ],
  [
    'an answer that nobody can give',
    406,
    () => post({ query: '{ viewer { id } }' }, { accept: 'text/html' }),
  ],
  [
    'a body that is no JSON',
    415,
    () =>
      send('/graphql', {
        method: 'POST',
        body: '{ viewer { id } }',
        headers: { 'content-type': 'application/graphql' },
      }),
  ],
  [
    'a charset that JSON does not have',
    415,
    () =>
      post({ query: '{ viewer { id } }' }, { 'content-type': 'application/json; charset=latin1' }),
  ],
])('GraphQL over HTTP: %s is %i with a code', async (_title, status, ask) => {
  const response = await ask();
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: expect.stringMatching(/^[A-Z_]+$/) as string } }],
  });
  if (status === 405) expect(response.headers.get('allow')).toContain('POST');
});

test('a mutation whose answer could not be given is not done', async () => {
  const query = 'mutation { createAccount(input: { name: "Unheard" }) { userErrors { code } } }';
  expect((await post({ query }, { accept: 'text/html' })).status).toBe(406);
  const { data } = await api.ask('{ accounts(search: "Unheard") { nodes { id } } }');
  expect(data).toEqual({ accounts: { nodes: [] } });
});

test('several operations in one body are refused', async () => {
  const response = await post([{ query: '{ viewer { id } }' }, { query: '{ viewer { id } }' }]);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    errors: [{ message: expect.stringContaining('batching') as string }],
  });
});

test('what a page of another site can send without being asked first is refused', async () => {
  expect((await send(NAME)).status).toBe(400);
  expect((await send(NAME, { headers: { 'apollo-require-preflight': 'true' } })).status).toBe(200);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
    const body = '{"query":"{ viewer { id } }"}';
    const headers = { 'content-type': type };
    expect((await send('/graphql', { method: 'POST', body, headers })).status).toBe(415);
  }
});

test('scripts of allowed origins may ask and read, others may not', async () => {
  const preflight = (origin: string) =>
    fetch(`${api.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        ...{ origin, 'access-control-request-method': 'POST' },
        'access-control-request-headers': 'authorization,content-type',
      },
    });
  const allowed = await preflight(ORIGIN);
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(allowed.headers.get('access-control-allow-headers')).toMatch(
    /Authorization.*Content-Type/,
  );
  expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
  expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
  const answer = await post({ query: '{ viewer { id } }' }, { origin: ORIGIN });
  expect([answer.status, answer.headers.get('vary')]).toEqual([200, 'Origin']);
  expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  for (const origin of ['https://evil.example', `${ORIGIN}.evil.example`, 'null']) {
    const refused = await preflight(origin);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  }
});
