import { randomBytes, randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { createActivities } from '../../activities/index.ts';
import type {
  Activities,
  Coverage,
  FetchRequest,
  PersistResult,
} from '../../activities/contract.ts';
import { WorkerMetrics } from '../../activities/metrics.ts';
import { StoredPermits } from '../../activities/permits.ts';
import { MailSessions } from '../../activities/sessions.ts';
import { hasBackfill, type Checkpoint } from '../../domain/checkpoint.ts';
import type { Policy } from '../../domain/policy.ts';
import { createWorkspace } from '../../drizzle/bootstrap.ts';
import { openDatabase, type Database } from '../../drizzle/database.ts';
import { only } from '../../drizzle/rows.ts';
import * as tables from '../../drizzle/schema/index.ts';
import { createVault, credentialScope } from '../../drizzle/vault.ts';
import { pop3Uidls } from '../../drizzle/pop3-messages.ts';
import { openImapSession } from '../../mail/imap.ts';
import { openPop3Session } from '../../mail/pop3.ts';
import type { MailSession } from '../../mail/session.ts';
import { createDatabase } from './postgres.ts';

const LOOPBACK = '127.0.0.1';

/** A workspace in a database of its own, with the activities of a worker over it. */
export interface Pipeline extends AsyncDisposable {
  readonly database: Database;
  readonly workspaceId: string;
  readonly activities: Activities;
  readonly metrics: WorkerMetrics;
  /** How many connections were opened so far. */
  readonly logins: () => number;
  /** A contact with these addresses, the first primary, linked to these accounts in this order. */
  addContact(
    name: string,
    addresses: readonly string[],
    accountIds?: readonly string[],
  ): Promise<string>;
  addAccount(name: string, domains?: readonly string[]): Promise<string>;
  blacklist(value: string): Promise<void>;
  connect(mailbox: TestServer, policy?: Partial<Policy>): Promise<TestMailbox>;
}

interface TestServer {
  /** IMAP when left out. */
  readonly protocol?: 'imap' | 'pop3';
  readonly address: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** One connected mailbox; `visit` does what its workflow does in a visit. */
export interface TestMailbox {
  readonly id: string;
  visit(options?: { batchSize?: number; checkpoint?: Checkpoint }): Promise<PersistResult>;
  /** Compares the server with the ledger. */
  reconcile(): Promise<Coverage>;
  checkpoint(): Promise<Checkpoint>;
}

export async function aPipeline(
  options: { wrap?: (session: MailSession) => MailSession } = {},
): Promise<Pipeline> {
  const stack = new AsyncDisposableStack();
  const url = stack.use(await createDatabase()).url;
  const database = stack.use(openDatabase(url, { maxConnections: 4 }));
  const { workspaceId } = await createWorkspace(database.db, {
    ...{ token: randomUUID(), workspaceName: 'Acme', adminName: 'Ana' },
    ...{ adminAddress: 'ana@acme.example', internalDomains: ['acme.example'] },
  });
  const vault = createVault(randomBytes(32));
  let logins = 0;
  const logger = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' });
  const workerQueue = `test@${randomUUID()}`;
  const metrics = new WorkerMetrics();
  const used = metrics.used.bind(metrics);
  const permits = stack.use(new StoredPermits(database.db, { holder: workerQueue, logger, used }));
  const sessions = stack.use(
    new MailSessions(async (mailbox, signal) => {
      logins += 1;
      const password = vault.open(mailbox.envelope, credentialScope(workspaceId, mailbox.id));
      const server = { ...mailbox.server, password };
      const there = { address: LOOPBACK, signal };
      const session = await (server.protocol === 'pop3'
        ? openPop3Session(server, there, pop3Uidls(database.db, mailbox))
        : openImapSession(server, there));
      return options.wrap?.(session) ?? session;
    }, permits),
  );
  const activities = inMockContext(
    createActivities({ db: database.db, sessions, logger, metrics, workerQueue }),
  );
  const { db } = database;
  return {
    ...{ database, workspaceId, activities, metrics, logins: () => logins },
    async addContact(name, addresses, accountIds = []) {
      const { id } = only(
        await db.insert(tables.contacts).values({ workspaceId, name }).returning(),
      );
      const rows = addresses.map((address, index) => ({
        ...{ workspaceId, contactId: id, address, isPrimary: index === 0 },
      }));
      await db.insert(tables.contactAddresses).values(rows);
      for (const accountId of accountIds) {
        await db.insert(tables.contactAccounts).values({ workspaceId, contactId: id, accountId });
      }
      return id;
    },
    async addAccount(name, domains = []) {
      const { id } = only(
        await db.insert(tables.accounts).values({ workspaceId, name }).returning(),
      );
      for (const domain of domains) {
        await db.insert(tables.accountDomains).values({ workspaceId, accountId: id, domain });
      }
      return id;
    },
    async blacklist(value) {
      const kind = value.includes('@') ? 'address' : 'domain';
      await db.insert(tables.blacklistEntries).values({ workspaceId, kind, value });
    },
    async connect(server, policy = { history: { mode: 'all' } }) {
      const { id } = only(
        await db
          .insert(tables.mailboxes)
          .values({
            ...{ workspaceId, address: server.address, host: 'localhost', port: server.port },
            ...{ security: 'none', username: server.username, policy, protocol: server.protocol },
          })
          .returning(),
      );
      const envelope = vault.seal(server.password, credentialScope(workspaceId, id));
      await db
        .insert(tables.mailboxCredentials)
        .values({ workspaceId, mailboxId: id, version: 1, envelope });
      return mailboxOf(id, activities, db);
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function mailboxOf(mailboxId: string, activities: Activities, db: Database['db']): TestMailbox {
  /** Checkpoints are keyed by our ids of folders; tests speak of paths. */
  const byPath = async (checkpoint: Checkpoint): Promise<Checkpoint> => {
    const folders = await db.select().from(tables.folders);
    const path = (id: string) => folders.find((folder) => folder.id === id)?.path ?? id;
    return Object.fromEntries(Object.entries(checkpoint).map(([id, at]) => [path(id), at]));
  };
  const seed = async () => {
    const loaded = await activities.loadMailbox({ mailboxId });
    if (loaded === null) throw new Error('not connected');
    return loaded.seed;
  };
  return {
    id: mailboxId,
    checkpoint: async () => byPath((await seed()).checkpoint),
    async visit({ batchSize = 100, checkpoint } = {}) {
      const committed = await seed();
      const total = { logged: 0, skipped: 0, failed: 0 };
      let [seq, since] = [committed.seq, checkpoint ?? committed.checkpoint];
      for (const lane of ['live', 'backfill'] as const) {
        for (let more = lane === 'live' || hasBackfill(since); more;) {
          const batch = { mailboxId, lane, seq: seq + 1, checkpoint: since, batchSize };
          const result = await pass(activities, batch);
          if (result.isDecided) seq += 1;
          since = result.checkpoint;
          ({ more } = result);
          for (const key of ['logged', 'skipped', 'failed'] as const) total[key] += result[key];
        }
      }
      return { checkpoint: await byPath(since), ...total };
    },
    async reconcile() {
      return activities.reconcile({ mailboxId, checkpoint: (await seed()).checkpoint });
    },
  };
}

/** The five verbs, once. */
async function pass(
  activities: Activities,
  request: Omit<FetchRequest, 'nonce' | 'jitter'>,
): Promise<PersistResult & { more: boolean; isDecided: boolean }> {
  const { mailboxId, seq } = request;
  const fetched = await activities.fetchNew({ ...request, nonce: randomUUID(), jitter: 0.5 });
  const { batchId, more, checkpoint } = fetched;
  const nothing = { logged: 0, skipped: 0, failed: 0, checkpoint, more };
  if (batchId === null) return { ...nothing, isDecided: false };
  const batch = { mailboxId, batchId };
  await activities.parse(batch);
  await activities.classify(batch);
  await activities.match(batch);
  const end = { seq, isLast: !more, pollEveryMs: 900_000, jitter: 0.5 };
  const result = await activities.persist({
    ...{ ...batch, ...end, staysOpen: hasBackfill(checkpoint) },
    ...(request.lane === undefined ? {} : { lane: request.lane }),
  });
  return { ...result, more, isDecided: true };
}

/** Activities outside of a worker: each attempt in a fresh activity context, repeated as Temporal would, without waits. */
function inMockContext(activities: Activities): Activities {
  const wrapped = Object.entries(activities).map(([name, run]) => [
    name,
    (request: never) => attempts(run as (request: never) => Promise<unknown>, request, 1),
  ]);
  return Object.fromEntries(wrapped) as Activities;
}

async function attempts<Request>(
  run: (request: Request) => Promise<unknown>,
  request: Request,
  attempt: number,
): Promise<unknown> {
  try {
    return await new MockActivityEnvironment({ attempt }).run(run, request);
  } catch (error) {
    if (error instanceof ApplicationFailure && error.nonRetryable === true) throw error;
    if (attempt >= 12) throw error;
    return attempts(run, request, attempt + 1);
  }
}

/** The type of the failure that a call ends with. */
export async function failureTypeOf(call: Promise<unknown>): Promise<string | null | undefined> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof ApplicationFailure ? error.type : undefined;
}

/** Every decision of the ledger with what stands in the message, in the order of the folder. */
export async function decisionsOf({ database }: Pipeline) {
  return database.db
    .select({
      ...{ uid: tables.sightings.uid, verdict: tables.sightings.verdict },
      ...{ reason: tables.sightings.reason, evidence: tables.sightings.evidence },
      ...{ subject: tables.messages.subject, engagementId: tables.sightings.engagementId },
      ...{ stage: tables.sightings.stage, mailboxId: tables.sightings.mailboxId },
    })
    .from(tables.sightings)
    .leftJoin(tables.messages, eq(tables.messages.id, tables.sightings.messageId))
    .orderBy(tables.sightings.decidedAt, tables.sightings.folderId, tables.sightings.uid);
}
