import { Writable } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { startApi, type HttpSettings } from '../../../api/app.ts';
import type { MailLogin, Services } from '../../../api/context.ts';
import { createLogger } from '../../../log.ts';
import { createWorkspace } from '../../../drizzle/bootstrap.ts';
import { openDatabase, type Database } from '../../../drizzle/database.ts';
import { users } from '../../../drizzle/schema/index.ts';
import { createVault, type Vault } from '../../../drizzle/vault.ts';
import { MailError } from '../../../mail/errors.ts';
import { createDatabase } from '../../support/postgres.ts';
import { FakeOrchestrator } from './fake-orchestrator.ts';

export const RIGHT_PASSWORD = 'Tr0ub4dor&3-right';
export const WRONG_PASSWORD = 'Tr0ub4dor&3-wrong';

export interface Tenant {
  readonly token: string;
  readonly workspaceId: string;
  readonly userId: string;
}

export interface Answer {
  readonly status: number;
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { message: string; path?: unknown; extensions?: { code?: string } }[];
  readonly raw: string;
}

export interface TestApi extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
  readonly vault: Vault;
  readonly orchestrator: FakeOrchestrator;
  /** Two workspaces, each with an admin. */
  readonly acme: Tenant;
  readonly rival: Tenant;
  /** Every line that was logged. */
  readonly logged: string[];
  /** Every login that was tried. */
  readonly logins: MailLogin[];
  /** Does something while the admin of acme is a member. */
  asMember<T>(work: () => Promise<T>): Promise<T>;
  ask(document: string, variables?: object, tenant?: Tenant | null): Promise<Answer>;
}

/** The API over HTTP on a database of its own, with a faked orchestrator and a probe that knows one password. */
export async function startTestApi(
  overrides: Partial<Services> = {},
  http: Partial<HttpSettings> = {},
): Promise<TestApi> {
  const stack = new AsyncDisposableStack();
  const database = overrides.database ?? (await openOwnDatabase(stack));
  const orchestrator = new FakeOrchestrator();
  const logged: string[] = [];
  const logins: MailLogin[] = [];
  const vault = createVault(randomBytes(32));
  const services: Services = {
    database,
    orchestrator,
    vault,
    log: createLogger('trace', 'api', collect(logged)),
    allowLocalServers: false,
    ...{ publicUrl: 'https://mail.acme.example', oauth: {} },
    discover: () => Promise.resolve(null),
    testLogin: (login) => {
      logins.push(login);
      return tryLogin(login);
    },
    ...overrides,
  };
  const api = stack.use(await startApi(services, { host: '127.0.0.1', port: 0, ...http }));
  const [acme, rival] = [await makeTenant(database, 'acme'), await makeTenant(database, 'rival')];
  return {
    ...{ url: api.url, database, vault, orchestrator, acme, rival, logged, logins },
    asMember: async (work) => {
      const role = (name: 'admin' | 'member') =>
        database.db.update(users).set({ role: name }).where(eq(users.id, acme.userId));
      await role('member');
      try {
        return await work();
      } finally {
        await role('admin');
      }
    },
    ask: (document, variables = {}, tenant = acme) => post(api.url, document, variables, tenant),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function openOwnDatabase(stack: AsyncDisposableStack): Promise<Database> {
  const { url } = stack.use(await createDatabase());
  return stack.use(openDatabase(url, { maxConnections: 4 }));
}

/** `data.<field>` of an answer without errors. */
export function dataOf(answer: Answer, field: string): unknown {
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
  return answer.data?.[field];
}

async function tryLogin({ password }: MailLogin) {
  await Promise.resolve();
  if (password !== RIGHT_PASSWORD) {
    throw new MailError('authentication_failed', `LOGIN of ${password} refused`);
  }
  return {
    folders: [
      { path: 'INBOX', use: 'inbox' as const },
      { path: 'Kunden', use: 'other' as const },
    ],
    capabilities: ['idle', 'condstore'] as const,
    messages: 42,
  };
}

async function makeTenant(database: Database, name: string): Promise<Tenant> {
  const token = randomBytes(24).toString('base64url');
  const ids = await createWorkspace(database.db, {
    token,
    workspaceName: name,
    adminName: `Admin of ${name}`,
    adminAddress: `admin@${name}.example`,
    internalDomains: [`${name}.example`],
  });
  return { token, ...ids };
}

async function post(
  url: string,
  query: string,
  variables: object,
  tenant: Tenant | null,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(tenant === null ? {} : { authorization: `Bearer ${tenant.token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const raw = await response.text();
  const { data = null, errors = [] } = JSON.parse(raw) as Partial<Answer>;
  return { status: response.status, data, errors, raw };
}

function collect(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}
