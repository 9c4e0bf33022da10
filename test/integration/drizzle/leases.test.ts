import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  acquireLease,
  LEASE_WANTED,
  releaseLease,
  renewLease,
  renewLeases,
  requestLease,
  type LeaseAnswer,
  type LeaseRequest,
} from '../../../drizzle/leases.ts';
import { mailboxLeases } from '../../../drizzle/schema/index.ts';
import { someMailboxes, type SomeMailboxes } from '../../support/some-mailboxes.ts';

let store: SomeMailboxes;
beforeAll(async () => void (store = await someMailboxes()));
afterAll(() => store[Symbol.asyncDispose]());

let hosts = 0;
/** A host of its own per test, so that tests do not stand in each other's way. */
function aHost(limits: Partial<LeaseRequest['limits']> = {}) {
  const host = `mail-${(hosts += 1)}.example`;
  const generous = { connectionsPerHost: 100, connectsPerSecond: 1e6, watchedPerHost: 100 };
  const acquire = async (
    mailboxId: string,
    holder: string,
    purpose: LeaseRequest['purpose'] = 'visit',
    ttlMs = 60_000,
  ): Promise<LeaseAnswer> =>
    acquireLease(store.db, {
      ...{ mailboxId, workspaceId: store.workspaceId, host, holder, purpose, ttlMs },
      limits: { ...generous, ...limits },
    });
  return { host, acquire };
}

const aMailbox = async () => (await store.add()).mailboxId;
const granted = { kind: 'granted' };
const expire = (mailboxId: string) =>
  store.db
    .update(mailboxLeases)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(mailboxLeases.mailboxId, mailboxId));

describe('R1 a mailbox has one connection over all processes', () => {
  test('of many who ask at once, one gets it', async () => {
    const { acquire } = aHost();
    const mailbox = await aMailbox();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => acquire(mailbox, `worker-${n}`)),
    );
    expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
    const refused = answers.filter((answer) => answer.kind === 'busy');
    expect(new Set(refused.map(({ what }) => what))).toEqual(new Set(['mailbox']));
  });

  test('who holds it may say that it is for something else now', async () => {
    const { acquire } = aHost({ connectsPerSecond: 0.001 });
    const mailbox = await aMailbox();
    expect(await acquire(mailbox, 'a', 'watch')).toEqual(granted);
    expect(await acquire(mailbox, 'a', 'visit')).toEqual(granted);
    expect(await renewLease(store.db, mailbox, 'a', { ttlMs: 1_000, purpose: 'watch' })).toBe(true);
    const [row] = await store.db
      .select()
      .from(mailboxLeases)
      .where(eq(mailboxLeases.mailboxId, mailbox));
    expect(row?.purpose).toBe('watch');
  });

  test('it is free after its release, and not by the release of somebody else', async () => {
    const { acquire } = aHost();
    const mailbox = await aMailbox();
    await acquire(mailbox, 'a');
    await releaseLease(store.db, mailbox, 'b');
    expect(await acquire(mailbox, 'b')).toMatchObject({ kind: 'busy', what: 'mailbox' });
    await releaseLease(store.db, mailbox, 'a');
    expect(await acquire(mailbox, 'b')).toEqual(granted);
  });

  test('a process that died holds it until its lease has run out; it cannot renew what it has lost', async () => {
    const { acquire } = aHost();
    const [kept, lost] = [await aMailbox(), await aMailbox()];
    await acquire(kept, 'a');
    await acquire(lost, 'a');
    await expire(lost);
    expect(await acquire(lost, 'b')).toEqual(granted);
    expect(await renewLeases(store.db, 'a', [kept, lost], 60_000)).toEqual(new Set([kept]));
    expect(await renewLease(store.db, lost, 'a', { ttlMs: 1, purpose: 'visit' })).toBe(false);
  });

  test('also when its host is called something else since', async () => {
    const mailbox = await aMailbox();
    await aHost().acquire(mailbox, 'a');
    expect(await aHost().acquire(mailbox, 'b')).toMatchObject({ kind: 'busy', what: 'mailbox' });
    const contested = await aMailbox();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => aHost().acquire(contested, `worker-${n}`)),
    );
    expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
  });
});

describe('R1 a host has so many connections over all mailboxes', () => {
  test('one more waits, until one is closed or has run out', async () => {
    const { acquire } = aHost({ connectionsPerHost: 2 });
    const [one, two, three] = [await aMailbox(), await aMailbox(), await aMailbox()];
    expect(await Promise.all([acquire(one, 'a'), acquire(two, 'b')])).toEqual([granted, granted]);
    expect(await acquire(three, 'c')).toMatchObject({ kind: 'busy', what: 'host' });
    await releaseLease(store.db, one, 'a');
    expect(await acquire(three, 'c')).toEqual(granted);
    await expire(two);
    expect(await acquire(one, 'a')).toEqual(granted);
  });

  test('never more, however many ask at once', async () => {
    const { acquire } = aHost({ connectionsPerHost: 3 });
    const mailboxes = await Promise.all(Array.from({ length: 10 }, aMailbox));
    const answers = await Promise.all(mailboxes.map((mailbox) => acquire(mailbox, 'a')));
    expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(3);
  });

  test('and fewer that only watch, so that visits always find room', async () => {
    const { acquire } = aHost({ connectionsPerHost: 3, watchedPerHost: 1 });
    const [one, two] = [await aMailbox(), await aMailbox()];
    expect(await acquire(one, 'a', 'watch')).toEqual(granted);
    expect(await acquire(two, 'a', 'visit')).toEqual(granted);
    expect(await acquire(two, 'a', 'watch')).toMatchObject({ kind: 'busy', what: 'host' });
    await releaseLease(store.db, one, 'a');
    expect(await acquire(two, 'a', 'watch')).toEqual(granted);
  });
});

describe('R1 connections to a host are made at its pace', () => {
  test('the next one is told exactly how long to wait, whoever asks', async () => {
    const { host, acquire } = aHost({ connectsPerSecond: 0.01 });
    const [one, two] = [await aMailbox(), await aMailbox()];
    expect(await acquire(one, 'a')).toEqual(granted);
    const answer = await acquire(two, 'b');
    expect(answer).toMatchObject({ kind: 'busy', what: 'pace' });
    const waitMs = answer.kind === 'busy' ? answer.retryAfterMs : 0;
    expect(waitMs).toBeGreaterThan(95_000);
    expect(waitMs).toBeLessThanOrEqual(100_000);
    await store.db.execute(sql`update host_paces set next_connect_at = now() where host = ${host}`);
    expect(await acquire(two, 'b')).toEqual(granted);
  });

  test('one per turn, however many ask at once', async () => {
    const { acquire } = aHost({ connectsPerSecond: 0.01 });
    const mailboxes = await Promise.all(Array.from({ length: 6 }, aMailbox));
    const answers = await Promise.all(mailboxes.map((id, n) => acquire(id, `worker-${n % 2}`)));
    expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
  });
});

test('who wants a mailbox is heard by everybody who listens', async () => {
  const mailbox = await aMailbox();
  const heard: string[] = [];
  await store.database.listen(LEASE_WANTED, (id) => heard.push(id));
  await requestLease(store.db, mailbox);
  await expect.poll(() => heard).toEqual([mailbox]);
});
