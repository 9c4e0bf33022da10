import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FetchRequest } from '../../../activities/contract.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { decisionsOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

type Office = Awaited<ReturnType<typeof twoMailboxes>>;
const DAY_MS = 24 * 3_600_000;

async function deliver(office: Office, count: number, folder = 'INBOX') {
  for (let n = 1; n <= count; n += 1) {
    await office.dovecot.deliver('ana', folder, fromJill(`${folder} ${n}`));
  }
}

const eventsOf = async ({ db }: Office) =>
  (await db.select().from(tables.mailboxEvents).orderBy(tables.mailboxEvents.at)).map(
    ({ kind }) => kind,
  );

const fetchFor = (office: Office, mailboxId: string) => (request: Partial<FetchRequest>) =>
  office.pipeline.activities.fetchNew({
    ...{ mailboxId, seq: 1, nonce: randomUUID(), checkpoint: {}, batchSize: 2, jitter: 0 },
    ...request,
  });

describe('R3 the history', () => {
  test('that fits a batch is read at once; a longer one waits in its own lane, live mail does not', async () => {
    await using office = await twoMailboxes();
    await deliver(office, 5);
    const ana = await office.connectAna();
    const fetch = fetchFor(office, ana.id);
    const atOnce = await fetch({ batchSize: 6 });
    expect([atOnce.count, atOnce.more]).toEqual([5, false]);
    const ben = await office.connectBen();
    for (let n = 0; n < 5; n += 1) await office.dovecot.deliver('ben', 'INBOX', fromJill(`b${n}`));
    const first = await fetchFor(office, ben.id)({});
    expect([first.batchId, first.more]).toEqual([null, false]);
    const folders = Object.values(first.checkpoint).filter(({ backfill }) => backfill);
    expect(folders).toMatchObject([{ lastUid: 5, backfill: { next: 5, downTo: 0 } }]);
  });

  test('newest first, to its end, without a message left out or read twice', async () => {
    await using office = await twoMailboxes();
    await deliver(office, 7);
    await deliver(office, 3, 'Sent');
    const ana = await office.connectAna();
    const total = await ana.visit({ batchSize: 2 });
    expect(total.logged + total.skipped).toBe(10);
    const inbox = (await decisionsOf(office.pipeline)).filter(({ subject }) =>
      subject?.startsWith('INBOX'),
    );
    const order = inbox.map(({ uid }) => uid);
    // Each batch has two, and those of one batch are decided at one moment.
    expect(order.slice(0, 3)).toEqual([7, 6, 5]);
    expect([new Set(order.slice(3, 5)), order.length]).toEqual([new Set([3, 4]), 7]);
    expect(Object.values(total.checkpoint)).toEqual(
      expect.arrayContaining([{ uidValidity: expect.any(String) as string, lastUid: 7 }]),
    );
    expect(await eventsOf(office)).toEqual(['import_finished']);
    expect(office.pipeline.logins()).toBe(1);
  });

  test('R41 what a lost batch of it had staged is read again, not taken for removed', async () => {
    await using office = await twoMailboxes();
    await deliver(office, 6);
    const ana = await office.connectAna();
    const fetch = fetchFor(office, ana.id);
    const { checkpoint } = await fetch({});
    await fetch({ lane: 'backfill', checkpoint });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('live'));
    expect(await ana.visit()).toMatchObject({ logged: 7, skipped: 0, failed: 0 });
  });

  test('R3 given up by an admin: live mail goes on, the rest is not read, and both are visible', async () => {
    await using office = await twoMailboxes();
    await deliver(office, 6);
    const ana = await office.connectAna();
    const fetch = fetchFor(office, ana.id);
    const { checkpoint } = await fetch({});
    await office.dovecot.deliver('ana', 'INBOX', fromJill('live'));
    const stopped = await fetch({ checkpoint, isImportUnwanted: true });
    expect(stopped.count).toBe(1);
    expect(Object.values(stopped.checkpoint).some(({ backfill }) => backfill)).toBe(false);
    await ana.visit();
    expect(await eventsOf(office)).toEqual(['import_stopped']);
  });

  test('R3 a longer one that is asked for later is read too, and what was too old is decided anew', async () => {
    await using office = await twoMailboxes();
    const days = (n: number) => ({ internalDate: new Date(Date.now() - n * DAY_MS) });
    for (const age of [30, 20, 10, 0.5]) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(`${age} days`), days(age));
    }
    const ana = await office.connectAna({ history: { mode: 'from_connection' } });
    expect(await ana.visit()).toMatchObject({ logged: 0, skipped: 1 });
    const setHistory = (history: object) =>
      office.db.update(tables.mailboxes).set({ policy: { history } as never });
    await setHistory({ mode: 'days', days: 15 });
    await ana.visit();
    expect((await office.verdicts()).toSorted()).toEqual([
      ['0.5 days', 'logged'],
      ['10 days', 'logged'],
    ]);
    await setHistory({ mode: 'all' });
    expect(await ana.visit()).toMatchObject({ logged: 2, skipped: 0 });
    expect(await ana.visit()).toMatchObject({ logged: 0, skipped: 0 });
    expect(await office.db.$count(tables.engagements)).toBe(4);
    expect(await eventsOf(office)).toEqual([...Array<string>(3).fill('import_finished')]);
  });

  test('R56 how much of it there is stands with the folder from the beginning', async () => {
    await using office = await twoMailboxes();
    await deliver(office, 6);
    const ana = await office.connectAna();
    await fetchFor(office, ana.id)({});
    const [inbox] = (await office.db.select().from(tables.folders)).filter(
      ({ path }) => path === 'INBOX',
    );
    expect(inbox).toMatchObject({ importTotal: 6, importedBelow: 7, startsAt: null });
  });
});

describe('R41 a batch that is fetched ahead', () => {
  test('commits nothing, however empty it is, until the one before has been', async () => {
    await using office = await twoMailboxes();
    await deliver(office, 2);
    const ana = await office.connectAna();
    const fetch = fetchFor(office, ana.id);
    const first = await fetch({});
    const ahead = await fetch({ seq: 2, checkpoint: first.checkpoint, isAhead: true });
    expect(ahead.batchId).not.toBeNull();
    expect(await ana.checkpoint()).toEqual({});
    const { activities } = office.pipeline;
    for (const [seq, { batchId }] of [first, ahead].entries()) {
      const batch = { mailboxId: ana.id, batchId: batchId ?? '' };
      for (const stage of ['parse', 'classify', 'match'] as const) await activities[stage](batch);
      const end = { seq: seq + 1, isLast: seq === 1, pollEveryMs: 900_000, jitter: 0 };
      await activities.persist({ ...batch, ...end });
    }
    expect(await ana.checkpoint()).toMatchObject({ INBOX: { lastUid: 2 } });
    expect(await office.db.$count(tables.engagements)).toBe(2);
  });
});
