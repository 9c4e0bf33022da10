import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { describeError } from '../log.ts';
import { openDatabase, type Db } from '../drizzle/database.ts';
import { ping } from '../drizzle/health.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { pop3Uidls } from '../drizzle/pop3-messages.ts';
import { countUsage } from '../drizzle/usage.ts';
import { createVault, type Vault } from '../drizzle/vault.ts';
import { resolveMailHost } from '../mail/host-guard.ts';
import { openImapSession } from '../mail/imap.ts';
import { openPop3Session } from '../mail/pop3.ts';
import { withFreshToken } from './credentials.ts';
import { nudge, workflowIdOf } from '../workflows/messages.ts';
import { backfillQueue, ownQueue } from '../workflows/queues.ts';
import { createActivities } from './index.ts';
import { freeLoopbackAddress, serveMetrics } from './metrics-server.ts';
import { WorkerMetrics } from './metrics.ts';
import { StoredPermits } from './permits.ts';
import { runTogether } from './run-together.ts';
import { MailSessions } from './sessions.ts';
import { Shepherd } from './shepherd.ts';
import { Watcher } from './watcher.ts';

/** Mailboxes read at one time; each is one connection to a mail server. */
const CONCURRENT_ACTIVITIES = 20;
/** The same for the history of mailboxes, which never takes the place of live mail. */
const CONCURRENT_BACKFILLS = 4;
/**
 * Workflows kept in memory, about 0.25 MB each (measured: facts-temporal.md section 2). One that is not there is replayed
 * when it wakes, a third of a millisecond per event: a thousand mailboxes in turn would replay all the time.
 */
const CACHED_WORKFLOWS = 1_500;
/** Lost workflows are looked for this often at most. */
const SHEPHERD_MS = 5 * 60_000;

export interface RunningWorker extends AsyncDisposable {
  /** Settles when the worker has shut down, on SIGTERM and SIGINT among others. */
  readonly finished: Promise<void>;
}

/** Builds everything the worker needs once, and takes it apart again in reverse order. */
export async function startWorker(config: Config, logger: Logger): Promise<RunningWorker> {
  const door = config.metrics && { ...config.metrics, temporal: await freeLoopbackAddress() };
  Runtime.install({
    ...(door !== null && { telemetryOptions: { metrics: metricsAt(door.temporal) } }),
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const error = meta?.['error'] === undefined ? undefined : describeError(meta['error']);
      logger.warn({ source: 'temporal', level, error }, message);
    }),
  });
  const { namespace, taskQueue } = config.temporal;
  const workerQueue = ownQueue(taskQueue, randomUUID());
  // Whatever was opened is closed again when a later step fails.
  await using stack = new AsyncDisposableStack();
  const database = stack.use(
    openDatabase(config.database.url.reveal(), { maxConnections: config.database.maxConnections }),
  );
  const { db } = database;
  const vault = createVault(Buffer.from(config.encryptionKey.reveal(), 'base64'));
  const metrics = new WorkerMetrics();
  const used = metrics.used.bind(metrics);
  const permits = stack.use(new StoredPermits(db, { holder: workerQueue, logger, used }));
  const sessions = stack.use(
    new MailSessions(
      (mailbox, signal) => openSession(config, { db, vault, metrics }, mailbox, signal),
      permits,
    ),
  );
  const connection = await NativeConnection.connect(config.temporal.connection);
  stack.defer(() => connection.close());
  const client = new Client({ connection, namespace });
  const activities = createActivities({ db, sessions, logger, metrics, workerQueue });
  const workers = await createWorkers(
    { connection, namespace, activities },
    taskQueue,
    workerQueue,
  );
  const nudgeVia = (mailboxId: string) =>
    client.workflow.getHandle(workflowIdOf(mailboxId)).signal(nudge, { via: workerQueue });
  const watcher = stack.use(new Watcher({ database, sessions, logger, nudge: nudgeVia }));
  const { lostAfterMs: overdueMs } = config;
  const everyMs = Math.min(SHEPHERD_MS, overdueMs);
  const shepherd = stack.use(new Shepherd({ db, client, taskQueue, logger, overdueMs, everyMs }));
  if (door !== null) {
    const { url } = stack.use(
      await serveMetrics({
        ...{ ...door, registry: metrics.registry },
        ownQueue: { name: workerQueue, label: ownQueue(taskQueue, 'own') },
        checks: {
          pollers: () => Promise.resolve(workers.every((one) => one.getState() === 'RUNNING')),
          database: () => ping(db).then(() => true),
        },
      }),
    );
    logger.info({ url }, 'metrics served');
  }
  await watcher.start();
  shepherd.start();
  const opened = stack.move();
  return { finished: runTogether(workers), [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** In the units and with the endings that Prometheus asks for. */
function metricsAt(bindAddress: string) {
  const units = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };
  return { prometheus: { bindAddress, ...units } };
}

/** One worker per queue: everybody's and this process's own, for live mail and for history (workflows/queues.ts). */
async function createWorkers(
  common: Pick<WorkerOptions, 'connection' | 'namespace' | 'activities'>,
  taskQueue: string,
  workerQueue: string,
): Promise<readonly Worker[]> {
  const create = (queue: string, slots: number, options: Partial<WorkerOptions> = {}) =>
    Worker.create({
      ...common,
      taskQueue: queue,
      maxConcurrentActivityTaskExecutions: slots,
      maxHeartbeatThrottleInterval: '2 seconds',
      shutdownGraceTime: '10 seconds',
      shutdownForceTime: '20 seconds',
      ...options,
    });
  return Promise.all([
    create(taskQueue, CONCURRENT_ACTIVITIES, {
      workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
      maxCachedWorkflows: CACHED_WORKFLOWS,
    }),
    create(workerQueue, CONCURRENT_ACTIVITIES),
    create(backfillQueue(taskQueue), CONCURRENT_BACKFILLS),
    create(backfillQueue(workerQueue), CONCURRENT_BACKFILLS),
  ]);
}

/** Opens the credentials only here, for as long as the connection is being made. */
async function openSession(
  config: Config,
  { db, vault, metrics }: { db: Db; vault: Vault; metrics: WorkerMetrics },
  mailbox: ConnectedMailbox,
  signal: AbortSignal,
) {
  const { id: mailboxId, workspaceId } = mailbox;
  const { host, port, protocol } = mailbox.server;
  const { allowLocalServers: allowLocal } = config.mail;
  const { address } = await resolveMailHost(host, port, { allowLocal });
  const options = { address, signal };
  let isFirst = true;
  return withFreshToken({ db, vault, oauth: config.oauth }, mailbox, async (credentials) => {
    // The first login stands in the budget already; a token that is refused costs a second one.
    if (!isFirst) {
      metrics.used({ logins: 1 });
      await countUsage(db, { mailboxId, workspaceId }, { logins: 1 });
    }
    isFirst = false;
    const server = { ...mailbox.server, ...credentials };
    if (protocol !== 'pop3') return openImapSession(server, options);
    return openPop3Session(server, options, pop3Uidls(db, mailbox));
  });
}
