import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countUsage, forgetOldUsage, usageOf } from '../../../drizzle/usage.ts';
import { mailboxUsage } from '../../../drizzle/schema/index.ts';
import { someMailboxes, type SomeMailboxes } from '../../support/some-mailboxes.ts';

let store: SomeMailboxes;
beforeAll(async () => void (store = await someMailboxes()));
afterAll(() => store[Symbol.asyncDispose]());

test('R1 what is counted in one hour adds up, each mailbox by itself, also when two processes count at once', async () => {
  const [one, other] = [await store.add(), await store.add()];
  await Promise.all([
    countUsage(store.db, one, { logins: 1 }),
    countUsage(store.db, one, { received: 100, sent: 10 }),
    countUsage(store.db, one, { received: 1, sent: 2, logins: 1 }),
    countUsage(store.db, other, { received: 7 }),
  ]);
  const usage = await usageOf(store.db, [one.mailboxId, other.mailboxId]);
  expect(usage.get(one.mailboxId)?.hours).toMatchObject([{ received: 101, sent: 12, logins: 2 }]);
  expect(usage.get(other.mailboxId)?.hours).toMatchObject([{ received: 7, sent: 0, logins: 0 }]);
});

test('hours are those of UTC, and the clock is that of the database', async () => {
  const mailbox = await store.add();
  await countUsage(store.db, mailbox, { received: 1 });
  const usage = (await usageOf(store.db, [mailbox.mailboxId])).get(mailbox.mailboxId);
  const [hour] = usage?.hours ?? [];
  expect((hour?.hour ?? 1) % 3_600_000).toBe(0);
  expect((usage?.at ?? 0) - (hour?.hour ?? 0)).toBeGreaterThanOrEqual(0);
  expect((usage?.at ?? 0) - (hour?.hour ?? 0)).toBeLessThan(3_600_000 + 1_000);
});

test('what is older than a day counts for nothing, and is forgotten after a week', async () => {
  const mailbox = await store.add();
  const ago = (hours: number) =>
    sql`date_trunc('hour', now(), 'UTC') - ${hours} * interval '1 hour'`;
  for (const hours of [1, 24, 30, 240]) {
    await store.db
      .insert(mailboxUsage)
      .values({ ...mailbox, hour: ago(hours), received: hours, sent: 0, logins: 0 });
  }
  const usage = (await usageOf(store.db, [mailbox.mailboxId])).get(mailbox.mailboxId);
  expect(usage?.hours.map(({ received }) => received)).toEqual([24, 1]);
  await forgetOldUsage(store.db);
  const rows = await store.db.select().from(mailboxUsage);
  const kept = rows.filter(({ mailboxId }) => mailboxId === mailbox.mailboxId);
  expect(kept.map(({ received }) => received).toSorted((a, b) => a - b)).toEqual([1, 24, 30]);
});

test('a mailbox that was never read has an entry with nothing in it', async () => {
  const { mailboxId } = await store.add();
  expect((await usageOf(store.db, [mailboxId])).get(mailboxId)?.hours).toEqual([]);
});
