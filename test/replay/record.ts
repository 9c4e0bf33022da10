/**
 * Records the histories that replay.test.ts replays, one per shape that a running mailbox can have:
 *
 *     npm run replay:record
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

const folder = fileURLToPath(new URL('../fixtures/histories/v1', import.meta.url));
mkdirSync(folder, { recursive: true });
await using temporal = await startTemporal({
  searchAttributes: messages.SEARCH_ATTRIBUTES,
  logDir: join(tmpdir(), 'mailroom-record'),
  print: () => undefined,
});
for (const [name, { activities, settings, play }] of Object.entries(SCENARIOS)) {
  await using mailbox = await startMailbox(temporal.address, activities, settings);
  await play(mailbox);
  const history = await mailbox.handle.fetchHistory();
  // Stacks name the folders of this machine, and replay does not look at them.
  const json = historyToJSON(history).replaceAll(
    /"stackTrace":\s*"(?:[^"\\]|\\.)*"/g,
    '"stackTrace": ""',
  );
  writeFileSync(join(folder, `${name}.json`), `${json}\n`);
  console.log(`${name}: ${history.events?.length ?? 0} events`);
}
