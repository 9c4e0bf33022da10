/**
 * Records the histories that replay.test.ts replays, one per shape that a running mailbox can have:
 *
 *     npm run replay:record -- v3
 *
 * Histories of a release stay until no mailbox can still run on them (docs/operations.md, "Redeploy"): record under a
 * new folder name rather than over the old ones, unless nothing was released with them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApplicationFailure } from '@temporalio/activity';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Activities } from '../../activities/contract.ts';
import { startTemporal } from '../../local/temporal.ts';
import * as messages from '../../workflows/messages.ts';
import { messagesInScope, startLook, type TestLook } from '../support/redecide-workflow.ts';
import {
  aMailboxWith,
  HOUR_MS,
  nothingNew,
  startMailbox,
  type TestMailbox,
} from '../support/mailbox-workflow.ts';

interface Scenario {
  readonly activities: Partial<Activities>;
  readonly settings?: Partial<messages.LoopSettings>;
  /** Whether a worker with queues of its own takes part. */
  readonly lanes?: Parameters<typeof startMailbox>[3];
  /** Brings the mailbox into the shape; ends when it is there. */
  readonly play: (mailbox: TestMailbox) => Promise<void>;
}

const command = { commandId: '00000000-0000-4000-8000-000000000000' };

async function reaches(mailbox: TestMailbox, state: string): Promise<void> {
  for (;;) {
    if ((await mailbox.handle.query(messages.status)).state === state) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function reachesVisits(mailbox: TestMailbox, visits: number): Promise<void> {
  while ((await mailbox.handle.query(messages.status)).visits < visits) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function failingOnce(type: string, details: unknown[] = []): Partial<Activities> {
  let fetches = 0;
  return {
    fetchNew: ({ checkpoint }) => {
      fetches += 1;
      if (fetches > 1) return Promise.resolve(nothingNew(checkpoint));
      const failure = { message: type, type, nonRetryable: true, details };
      return Promise.reject(ApplicationFailure.create(failure));
    },
  };
}

/** What a worker with queues of its own fetches: three batches of live mail, then a history of two. */
function withLanes() {
  let own = '';
  const isHistory = (next: number) => (next > 0 ? { backfill: { next, downTo: 0 } } : {});
  const at = (lastUid: number, next: number) => ({
    INBOX: { uidValidity: '1', lastUid, ...isHistory(next) },
  });
  const activities: Partial<Activities> = {
    fetchNew: ({ lane, checkpoint, seq }) => {
      const { lastUid = 0, backfill } = checkpoint['INBOX'] ?? {};
      const isLive = lane !== 'backfill';
      const [live, next] = [isLive ? lastUid + 1 : lastUid, backfill?.next ?? 2];
      const left = isLive ? next : next - 1;
      if (isLive && live > 3) return Promise.resolve(nothingNew(checkpoint));
      return Promise.resolve({
        ...{ batchId: `${seq}-${live}-${left}`, count: 1, more: isLive ? live < 3 : left > 0 },
        ...{ pollEveryMs: HOUR_MS, worker: own, checkpoint: at(live, left) },
        ...{ isReconcileDue: left === 0, mayOverlap: true },
      });
    },
    persist: ({ batchId }) => {
      const [live = 0, left = 0] = batchId.split('-').slice(1).map(Number);
      return Promise.resolve({ checkpoint: at(live, left), logged: 1, skipped: 0, failed: 0 });
    },
  };
  return { activities, lanes: { hasLanes: true, onQueue: (queue: string) => void (own = queue) } };
}

const PUT_OFF = { lane: 'live', reason: 'bytes_spent', until: Date.now() + 24 * HOUR_MS };

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'empty-visit': {
    activities: {},
    play: (mailbox) => reaches(mailbox, 'watching'),
  },
  'several-batches': {
    ...{ activities: aMailboxWith(25).activities, settings: { batchSize: 10 } },
    play: (mailbox) => reaches(mailbox, 'watching'),
  },
  'continued-as-new': {
    activities: aMailboxWith(6).activities,
    settings: { batchSize: 1, batchesPerVisit: 1, visitsPerRun: 4 },
    async play(mailbox) {
      await reaches(mailbox, 'watching');
      await mailbox.handle.executeUpdate(messages.syncNow, { args: [command] });
      await reachesVisits(mailbox, 7);
    },
  },
  throttled: {
    activities: failingOnce('throttled', [{ retryAfterMs: HOUR_MS }]),
    play: (mailbox) => reaches(mailbox, 'backing_off'),
  },
  'outage-then-visit-now': {
    activities: failingOnce('connection_lost'),
    async play(mailbox) {
      await reaches(mailbox, 'backing_off');
      await mailbox.handle.executeUpdate(messages.syncNow, { args: [command] });
      await reaches(mailbox, 'watching');
    },
  },
  'refused-then-reconnected': {
    activities: failingOnce('authentication_failed'),
    async play(mailbox) {
      await reaches(mailbox, 'needs_reconnection');
      await mailbox.handle.signal(messages.reconnect, { ...command, credentialVersion: 1 });
      await reaches(mailbox, 'watching');
    },
  },
  'lanes-matched-ahead-compared': {
    ...withLanes(),
    play: (mailbox) => reaches(mailbox, 'watching'),
  },
  deferred: {
    activities: failingOnce('deferred', [{ deferral: PUT_OFF }]),
    async play(mailbox) {
      for (;;) {
        if ((await mailbox.handle.query(messages.status)).deferred) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  },
  'reconnected-and-compared': {
    activities: {
      fetchNew: ({ checkpoint, isReconnected }) =>
        Promise.resolve({ ...nothingNew(checkpoint), isReconcileDue: isReconnected === true }),
    },
    async play(mailbox) {
      await reaches(mailbox, 'watching');
      await mailbox.handle.signal(messages.reconnect, { ...command, credentialVersion: 1 });
      await reachesVisits(mailbox, 2);
    },
  },
  'paused-resumed-disconnected': {
    activities: {},
    async play(mailbox) {
      await reaches(mailbox, 'watching');
      await mailbox.handle.signal(messages.pause, command);
      await reaches(mailbox, 'paused');
      await mailbox.handle.signal(messages.resume, command);
      await mailbox.handle.signal(messages.nudge);
      await reaches(mailbox, 'watching');
      await mailbox.handle.signal(messages.disconnect, command);
      await mailbox.handle.result();
    },
  },
};

/** Second looks at earlier messages, each until its end. */
const LOOKS: Readonly<Record<string, () => Promise<TestLook>>> = {
  'second-look-nothing-to-do': () => startLook(temporal.address, {}),
  'second-look-continued-as-new': () =>
    startLook(temporal.address, messagesInScope({ a: 5 }).activities, {
      ...{ batchSize: 1, stepsPerRun: 3 },
    }),
  'second-look-waits-and-gives-up': () => {
    const { activities } = messagesInScope({ a: 2, b: 1, gone: 1 });
    let plans = 0;
    let refusals = 0;
    const planRedecision = async () => {
      plans += 1;
      return { ...(await activities.planRedecision()), inFlight: plans === 1 ? 1 : 0 };
    };
    const redecide: Activities['redecide'] = (request) => {
      const { mailboxId } = request;
      const type = mailboxId === 'gone' ? 'mailbox_gone' : 'mailbox_not_active';
      const isWell = mailboxId === 'b' || (mailboxId === 'a' && refusals > 1);
      if (isWell) return activities.redecide(request);
      refusals += 1;
      return Promise.reject(ApplicationFailure.nonRetryable(type, type));
    };
    const all = { ...activities, planRedecision, redecide };
    return startLook(temporal.address, all, { firstWaitMs: 100, batchSize: 1, inFlightMs: 100 });
  },
};

const [release, only = ''] = process.argv.slice(2);
if (release === undefined) {
  throw new Error(
    'Say the folder to record into, for example v3, and the names of some if not all.',
  );
}
const folder = fileURLToPath(new URL(`../fixtures/histories/${release}`, import.meta.url));
mkdirSync(folder, { recursive: true });
await using temporal = await startTemporal({
  searchAttributes: messages.SEARCH_ATTRIBUTES,
  logDir: join(tmpdir(), 'mailroom-record'),
  print: () => undefined,
});
for (const [name, { activities, settings, lanes, play }] of Object.entries(SCENARIOS)) {
  if (!name.startsWith(only)) continue;
  await using mailbox = await startMailbox(temporal.address, activities, settings, lanes);
  await play(mailbox);
  save(name, await mailbox.handle.fetchHistory());
}
for (const [name, start] of Object.entries(LOOKS)) {
  if (!name.startsWith(only)) continue;
  await using look = await start();
  await look.startWorker();
  await look.handle.result();
  save(name, await look.handle.fetchHistory());
}

function save(name: string, history: Parameters<typeof historyToJSON>[0]): void {
  // Stacks name the folders of this machine, and replay does not look at them.
  const json = historyToJSON(history).replaceAll(
    /"stackTrace":\s*"(?:[^"\\]|\\.)*"/g,
    '"stackTrace": ""',
  );
  writeFileSync(join(folder, `${name}.json`), `${json}\n`);
  console.log(`${name}: ${history.events?.length ?? 0} events`);
}
