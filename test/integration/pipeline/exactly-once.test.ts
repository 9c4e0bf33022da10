import { rmSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import { decisionsOf, failureTypeOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

describe('R41 nothing is lost and nothing is doubled', () => {
  test('a lost checkpoint costs bandwidth: no message is decided twice', async () => {
    await using office = await twoMailboxes();
    for (let n = 0; n < 3; n += 1) await office.dovecot.deliver('ana', 'INBOX', fromJill(`m${n}`));
    const ana = await office.connectAna();
    await ana.visit();
    const before = await decisionsOf(office.pipeline);
    expect(await ana.visit({ checkpoint: {} })).toMatchObject({ logged: 0, skipped: 0 });
    expect(await decisionsOf(office.pipeline)).toEqual(before);
  });

  test('trap 6: a changed UIDVALIDITY: read again, logged once, no body downloaded again', async () => {
    const downloads: number[] = [];
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...session,
        isOpen: true,
        fetchParts: (wanted) => {
          downloads.push(wanted.length);
          return session.fetchParts(wanted);
        },
      }),
    });
    for (let n = 0; n < 3; n += 1) await office.dovecot.deliver('ana', 'INBOX', fromJill(`m${n}`));
    const ana = await office.connectAna();
    const { checkpoint } = await ana.visit();
    const folder = office.dovecot.mailDir('ana');
    for (const file of readdirSync(folder)) {
      if (/^dovecot(-uidlist|\.index)/.test(file)) rmSync(join(folder, file));
    }
    await office.dovecot.deliver('ana', 'INBOX', fromJill('after'));
    const again = await ana.visit();
    expect(again.checkpoint['INBOX']?.uidValidity).not.toBe(checkpoint['INBOX']?.uidValidity);
    expect(again).toMatchObject({ logged: 1, skipped: 3 });
    expect(await office.db.$count(tables.engagements)).toBe(4);
    expect(downloads).toEqual([3, 1]);
  });

  test('each stage may run twice, and persist a third time after it has committed', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const { id: mailboxId } = await office.connectAna();
    const { activities } = office.pipeline;
    const request = { mailboxId, seq: 1, checkpoint: {}, batchSize: 10, jitter: 0 };
    await activities.fetchNew({ ...request, nonce: 'a' });
    const { batchId } = await activities.fetchNew({ ...request, nonce: 'a' });
    if (batchId === null) throw new Error('nothing fetched');
    const batch = { mailboxId, batchId };
    for (const stage of [activities.parse, activities.classify, activities.match]) {
      await stage(batch);
      await stage(batch);
    }
    const commit = { ...batch, seq: 1, isLast: true, pollEveryMs: 900_000, jitter: 0 };
    const first = await activities.persist(commit);
    expect(first).toMatchObject({ logged: 1 });
    expect(await activities.persist(commit)).toEqual(first);
    expect(await office.db.$count(tables.engagements)).toBe(1);
  });

  test('a fetch that was given up cannot commit over a newer one', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const { id: mailboxId } = await office.connectAna();
    const { activities } = office.pipeline;
    const request = { mailboxId, seq: 1, checkpoint: {}, batchSize: 10, jitter: 0 };
    const old = await activities.fetchNew({ ...request, nonce: 'old' });
    const young = await activities.fetchNew({ ...request, nonce: 'young' });
    const ends = { mailboxId, seq: 1, isLast: true, pollEveryMs: 900_000, jitter: 0 };
    const late = activities.persist({ ...ends, batchId: old.batchId ?? '' });
    expect(await failureTypeOf(late)).toBe('stale_batch');
    const batch = { mailboxId, batchId: young.batchId ?? '' };
    await activities.parse(batch);
    await activities.classify(batch);
    await activities.match(batch);
    expect(await activities.persist({ ...ends, ...batch })).toMatchObject({ logged: 1 });
    expect(await office.db.$count(tables.batches)).toBe(0);
  });

  test('mail to large groups: more addresses in a batch than a statement has parameters', async () => {
    await using office = await twoMailboxes();
    const group = Array.from({ length: 400 }, (_, n) => `member-${n}@group.example`);
    for (let n = 0; n < 60; n += 1) {
      const to = [`ana+${n}@acme.example`, ...group];
      await office.dovecot.deliver('ana', 'INBOX', fromJill(`to all ${n}`, { to }));
    }
    const ana = await office.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 60, skipped: 0, failed: 0 });
    expect(await office.db.$count(tables.participants)).toBe(60 * 402);
  });

  test('a message that the server lists and does not hand out is recorded, and the rest goes on', async () => {
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...session,
        isOpen: true,
        fetchHeaders: async (uids) =>
          (await session.fetchHeaders(uids)).filter(({ uid }) => uid !== 2),
      }),
    });
    for (const subject of ['one', 'two', 'three']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const ana = await office.connectAna();
    expect((await ana.visit()).checkpoint['INBOX']?.lastUid).toBe(3);
    expect(await office.verdicts()).toEqual(
      expect.arrayContaining([
        ['one', 'logged'],
        [null, 'failed'],
        ['three', 'logged'],
      ]),
    );
  });

  test('trap 5: a short answer proves nothing: what exists is asked for again, what is gone is not recorded', async () => {
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...session,
        isOpen: true,
        fetchHeaders: async (uids) =>
          (await session.fetchHeaders(uids)).filter(({ uid }) => uid === 3 || uids.length === 1),
        existing: async (uids) => new Set([...(await session.existing(uids))].filter((n) => n > 1)),
      }),
    });
    for (const subject of ['gone', 'left out once', 'three']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const ana = await office.connectAna();
    expect((await ana.visit()).checkpoint['INBOX']?.lastUid).toBe(3);
    expect(await office.verdicts()).toEqual([
      ['left out once', 'logged'],
      ['three', 'logged'],
    ]);
  });

  test('a message that is removed between headers and text says so', async () => {
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...session,
        isOpen: true,
        fetchParts: () => Promise.resolve(new Map()),
        existing: () => Promise.resolve(new Set<number>()),
      }),
    });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('gone'));
    await (await office.connectAna()).visit();
    expect(await office.verdicts()).toEqual([['gone', 'removed_on_server']]);
  });
});

describe('R23 deleted stays deleted', () => {
  test('through a rescan and another mailbox', async () => {
    await using office = await twoMailboxes();
    const raw = fromJill('secret', { to: ['ana@acme.example', 'ben@acme.example'] });
    await office.dovecot.deliver('ana', 'INBOX', raw);
    await office.dovecot.deliver('ben', 'INBOX', raw);
    await (await office.connectAna()).visit();
    await office.db.update(tables.engagements).set({ deletedAt: sql`now()`, text: '', html: null });
    await (await office.connectBen()).visit();
    expect((await office.verdicts()).at(-1)).toEqual(['secret', 'engagement_deleted']);
    expect(await office.db.$count(tables.engagementContacts)).toBe(1);
  });
});
