import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { describeError } from '../log.ts';
import { openDatabase } from '../drizzle/database.ts';
import type { ConnectedMailbox } from '../drizzle/loop.ts';
import { createVault, credentialScope, type Vault } from '../drizzle/vault.ts';
import { resolveMailHost } from '../mail/host-guard.ts';
import { openImapSession } from '../mail/imap.ts';
import { createActivities } from './index.ts';
import { MailSessions } from './sessions.ts';

/** Mailboxes read at one time; each is one connection to a mail server. */
const CONCURRENT_ACTIVITIES = 20;
/** Workflows kept in memory, about 0.25 MB each (measured: facts-temporal.md section 2). */
const CACHED_WORKFLOWS = 500;

export interface RunningWorker extends AsyncDisposable {
  /** Settles when the worker has shut down, on SIGTERM and SIGINT among others. */
  readonly finished: Promise<void>;
}

/** Builds everything the worker needs once, and takes it apart again in reverse order. */
export async function startWorker(config: Config, logger: Logger): Promise<RunningWorker> {
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const error = meta?.['error'] === undefined ? undefined : describeError(meta['error']);
      logger.warn({ source: 'temporal', level, error }, message);
    }),
  });
  // Whatever was opened is closed again when a later step fails.
  await using stack = new AsyncDisposableStack();
  const database = stack.use(
    openDatabase(config.database.url.reveal(), { maxConnections: config.database.maxConnections }),
  );
  const vault = createVault(Buffer.from(config.encryptionKey.reveal(), 'base64'));
  const sessions = stack.use(
    new MailSessions((mailbox, signal) => openSession(config, vault, mailbox, signal)),
  );
  const connection = await NativeConnection.connect(config.temporal.connection);
  stack.defer(() => connection.close());
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: config.temporal.taskQueue,
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    activities: createActivities({ db: database.db, sessions, logger }),
    maxCachedWorkflows: CACHED_WORKFLOWS,
    maxConcurrentActivityTaskExecutions: CONCURRENT_ACTIVITIES,
    maxHeartbeatThrottleInterval: '2 seconds',
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '20 seconds',
  });
  const opened = stack.move();
  return { finished: worker.run(), [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

/** Opens the credentials only here, for as long as the connection is being made. */
async function openSession(
  config: Config,
  vault: Vault,
  mailbox: ConnectedMailbox,
  signal: AbortSignal,
) {
  const { host, port } = mailbox.server;
  const { allowLocalServers: allowLocal } = config.mail;
  const { address } = await resolveMailHost(host, port, { allowLocal });
  const scope = credentialScope(mailbox.workspaceId, mailbox.id);
  const password = vault.open(mailbox.envelope, scope);
  return openImapSession({ ...mailbox.server, password }, { address, signal });
}
