import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { BatchRef } from '../../../activities/contract.ts';
import { claimFetch, findConnected, lockFence } from '../../../drizzle/loop.ts';
import { stageBatch } from '../../../drizzle/intake.ts';
import { ensureContacts } from '../../../drizzle/new-contacts.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { address, PLAIN_TEXT } from '../../support/message.ts';
import { decisionsOf, failureTypeOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

type Office = Awaited<ReturnType<typeof twoMailboxes>>;

/** One batch of Ana's mailbox, fetched and matched: what is left is to persist it. */
async function matchedBatch({ pipeline }: Office, mailboxId: string) {
  const { activities } = pipeline;
  const request = { mailboxId, seq: 1, nonce: 'n', checkpoint: {}, batchSize: 10, jitter: 0 };
  const { batchId } = await activities.fetchNew(request);
  if (batchId === null) throw new Error('nothing fetched');
  const batch: BatchRef = { mailboxId, batchId };
  for (const stage of ['parse', 'classify', 'match'] as const) await activities[stage](batch);
  return { ...batch, seq: 1, isLast: true, pollEveryMs: 900_000, jitter: 0 };
}

describe('R41 the fence', () => {
  test('a fetch that was overtaken while it read the mailbox writes nothing', async () => {
    let overtake = () => Promise.resolve();
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        fetchHeaders: async (uids) => {
          const messages = await session.fetchHeaders(uids);
          await overtake();
          return messages;
        },
      }),
    });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const ana = await office.connectAna();
    const mailbox = await findConnected(office.db, ana.id);
    if (mailbox === null) throw new Error('not connected');
    overtake = () => claimFetch(office.db, mailbox, 'younger');
    const request = { mailboxId: ana.id, seq: 1, nonce: 'old', checkpoint: {}, jitter: 0 };
    const old = office.pipeline.activities.fetchNew({ ...request, batchSize: 10 });
    expect(await failureTypeOf(old)).toBe('stale_batch');
    expect(await office.db.$count(tables.sightings)).toBe(0);
    expect(await office.db.$count(tables.batches)).toBe(0);
  });

  test('a batch that is not the next one is refused, and nothing of it is kept', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const { id } = await office.connectAna();
    const batch = await matchedBatch(office, id);
    for (const seq of [0, 2]) {
      const call = office.pipeline.activities.persist({ ...batch, seq });
      expect(await failureTypeOf(call)).toBe('stale_batch');
    }
    expect(await office.db.$count(tables.engagements)).toBe(0);
    expect(await office.pipeline.activities.persist(batch)).toMatchObject({ logged: 1 });
  });

  test('two commits of one mailbox take turns', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const { id } = await office.connectAna();
    const batch = await matchedBatch(office, id);
    await office.db.transaction(async (db) => {
      expect(await lockFence(db, batch)).toBe('next');
      const inTheWay = office.db.transaction(async (other) => {
        await other.execute(sql`set local lock_timeout = '50ms'`);
        return lockFence(other, batch);
      });
      await expect(inTheWay).rejects.toMatchObject({ cause: { code: '55P03' } });
    });
  });

  test('two mailboxes that meet the same unknown person take turns to make the contact', async () => {
    await using office = await twoMailboxes();
    const { workspaceId } = office.pipeline;
    const [{ id: mailboxId }, messageId] = [await office.connectAna(), crypto.randomUUID()];
    const made = { address: address('new@customer.example'), name: 'New', accountId: null };
    const needed = [{ made, messageId }];
    const source = { workspaceId, mailboxId };
    const first = await office.db.transaction(async (db) => {
      const people = await ensureContacts(db, source, needed);
      const inTheWay = office.db.transaction(async (other) => {
        await other.execute(sql`set local lock_timeout = '50ms'`);
        return ensureContacts(other, source, needed);
      });
      await expect(inTheWay).rejects.toMatchObject({ cause: { code: '55P03' } });
      return people;
    });
    expect(await ensureContacts(office.db, source, needed)).toEqual(first);
  });

  test('R54 a mailbox that is disconnected while a batch is on its way logs nothing more', async () => {
    let disconnect = () => Promise.resolve();
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        fetchParts: async (wanted) => {
          const parts = await session.fetchParts(wanted);
          await disconnect();
          return parts;
        },
      }),
    });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('late'));
    const { id } = await office.connectAna();
    const batch = await matchedBatch(office, id);
    disconnect = async () => {
      const now = { disconnectedAt: sql`now()` };
      await office.db.update(tables.mailboxes).set(now).where(eq(tables.mailboxes.id, id));
    };
    const late = office.pipeline.activities.persist(batch);
    expect(await failureTypeOf(late)).toBe('stale_batch');
    expect(await office.db.$count(tables.engagements)).toBe(0);
  });

  test('a batch never takes over a message that has its decision', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const ana = await office.connectAna();
    await ana.visit();
    const before = await decisionsOf(office.pipeline);
    const mailbox = await findConnected(office.db, ana.id);
    const [row] = await office.db.select().from(tables.sightings);
    if (mailbox === null || row === undefined) throw new Error('nothing logged');
    const { folderId, uidValidity, uid, flags, size, arrivedAt } = row;
    const again = { folderId, uidValidity, uid, flags, size, arrivedAt, headerBlock: Buffer.of() };
    const rows = [{ ...again, bodyStructure: PLAIN_TEXT }];
    await stageBatch(office.db, mailbox, { id: 'b', seq: 2, next: {}, rows });
    expect(await decisionsOf(office.pipeline)).toEqual(before);
  });

  test('R3 the history counts as read when its last batch is committed, not before', async () => {
    await using office = await twoMailboxes();
    const [ana, ben] = [await office.connectAna(), await office.connectBen()];
    for (const subject of ['one', 'two']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const isImported = async (mailboxId: string) =>
      (await office.pipeline.activities.loadMailbox({ mailboxId }))?.seed.imported;
    const request = { mailboxId: ana.id, seq: 1, nonce: 'n', checkpoint: {}, jitter: 0 };
    await office.pipeline.activities.fetchNew({ ...request, batchSize: 1 });
    expect(await isImported(ana.id)).toBe(false);
    const first = await matchedBatch(office, ana.id);
    await office.pipeline.activities.persist({ ...first, isLast: false });
    expect(await isImported(ana.id)).toBe(false);
    await ana.visit();
    await ben.visit();
    expect([await isImported(ana.id), await isImported(ben.id)]).toEqual([true, true]);
  });
});

describe('R23 deleted while the same message is on its way', () => {
  test('through another mailbox: it stays deleted and is linked to nobody', async () => {
    await using office = await twoMailboxes();
    const raw = fromJill('secret', { to: ['ana@acme.example', 'ben@acme.example'] });
    await office.dovecot.deliver('ana', 'INBOX', raw);
    await office.dovecot.deliver('ben', 'INBOX', raw);
    await (await office.connectAna()).visit();
    const batch = await matchedBatch(office, (await office.connectBen()).id);
    await office.db.delete(tables.engagementContacts);
    await office.db.delete(tables.engagementAccounts);
    await office.db.update(tables.engagements).set({ deletedAt: sql`now()`, text: '', html: null });
    expect(await office.pipeline.activities.persist(batch)).toMatchObject({ skipped: 1 });
    expect((await office.verdicts()).at(-1)).toEqual(['secret', 'engagement_deleted']);
    expect(await office.db.$count(tables.engagementContacts)).toBe(0);
    expect(await office.db.$count(tables.engagementAccounts)).toBe(0);
  });
});
