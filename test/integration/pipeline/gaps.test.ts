import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import { MailError } from '../../../mail/errors.ts';
import { decisionsOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

type Office = Awaited<ReturnType<typeof twoMailboxes>>;

const events = async ({ db }: Office) =>
  (await db.select().from(tables.mailboxEvents).orderBy(tables.mailboxEvents.at))
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'import_finished');

const failed = async ({ db }: Office) =>
  (await db.select().from(tables.sightings)).filter(({ verdict }) => verdict === 'failed');

/** The time of the next try has come. */
const letTimePass = ({ db }: Office) =>
  db
    .update(tables.sightings)
    .set({ retryAt: sql`now() - interval '1 second'` })
    .where(sql`retry_at is not null`);

/** A server that does not hand out message 2 while `isBroken` says so. */
function brokenOffice(broken: { isBroken: boolean }, poison?: MailError) {
  return twoMailboxes({
    wrap: (session) => ({
      ...{ ...session, isOpen: true },
      fetchHeaders: async (uids) => {
        if (!broken.isBroken || !uids.includes(2)) return session.fetchHeaders(uids);
        if (poison) throw poison;
        return (await session.fetchHeaders(uids)).filter(({ uid }) => uid !== 2);
      },
    }),
  });
}

async function three(office: Office) {
  for (const subject of ['one', 'two', 'three']) {
    await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
  }
  return office.connectAna();
}

describe('R41 gaps are kept and tried again', () => {
  test('a message that could not be read is read later, though the checkpoint has passed it', async () => {
    const broken = { isBroken: true };
    await using office = await brokenOffice(broken);
    const ana = await three(office);
    expect(await ana.visit()).toMatchObject({ logged: 2, checkpoint: { INBOX: { lastUid: 3 } } });
    const [gap] = await failed(office);
    expect(gap).toMatchObject({ uid: 2, attempts: 1, retryAt: expect.any(Date) as Date });
    expect(await ana.visit()).toMatchObject({ logged: 0, failed: 0 });
    broken.isBroken = false;
    await letTimePass(office);
    expect(await ana.visit()).toMatchObject({ logged: 1, failed: 0 });
    expect(await failed(office)).toEqual([]);
    const [, , read] = await decisionsOf(office.pipeline);
    expect(read).toMatchObject({ uid: 2, verdict: 'logged', subject: 'two' });
    expect(await ana.visit()).toMatchObject({ logged: 0 });
  });

  test.each([
    ['left out of the answer', undefined],
    ['ends the connection', new MailError('message_too_large', 'Could not read.')],
  ])(
    'after two tries it is set aside with the reason, and people decide: %s',
    async (_, poison) => {
      await using office = await brokenOffice({ isBroken: true }, poison);
      const ana = await three(office);
      await ana.visit();
      await letTimePass(office);
      await ana.visit();
      const [aside] = await failed(office);
      expect(aside).toMatchObject({ uid: 2, attempts: 2, retryAt: null });
      expect(aside?.evidence['problem']).toEqual(expect.any(String));
      expect(await ana.visit()).toMatchObject({ logged: 0, failed: 0 });
    },
  );

  test('one that has gone from the server meanwhile says so', async () => {
    const broken = { isBroken: true };
    await using office = await brokenOffice(broken);
    const ana = await three(office);
    await ana.visit();
    const folder = office.dovecot.mailDir('ana');
    const files = ['new', 'cur'].flatMap((part) =>
      readdirSync(join(folder, part)).map((file) => join(folder, part, file)),
    );
    for (const file of files.toSorted().slice(1, 2)) rmSync(file);
    broken.isBroken = false;
    await letTimePass(office);
    await ana.visit();
    const reasons = (await decisionsOf(office.pipeline)).map(({ uid, reason }) => [uid, reason]);
    expect(reasons).toContainEqual([2, 'removed_on_server']);
  });

  test('an attempt that was given up leaves the try where it was', async () => {
    const broken = { isBroken: true };
    await using office = await brokenOffice(broken);
    const ana = await three(office);
    await ana.visit();
    broken.isBroken = false;
    await letTimePass(office);
    const { checkpoint } = (await office.pipeline.activities.loadMailbox({ mailboxId: ana.id }))
      ?.seed ?? { checkpoint: {} };
    const request = { mailboxId: ana.id, seq: 2, checkpoint, batchSize: 10, jitter: 0 };
    const given = await office.pipeline.activities.fetchNew({ ...request, nonce: 'given up' });
    expect(given.count).toBe(1);
    // A visit that comes before its time passes it by, and does not take it for removed.
    await office.db
      .update(tables.sightings)
      .set({ retryAt: sql`now() + interval '1 hour'` })
      .where(sql`retry_at is not null`);
    await office.dovecot.deliver('ana', 'INBOX', fromJill('four'));
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    await letTimePass(office);
    expect(await ana.visit()).toMatchObject({ logged: 1 });
  });
});

describe('R56 the server against the ledger', () => {
  test('all recorded: coverage says so, and goes on counting what visits decide', async () => {
    await using office = await twoMailboxes();
    const ana = await three(office);
    await ana.visit();
    expect(await ana.reconcile()).toEqual({ onServer: 3, recorded: 3, missing: 0 });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('four'));
    await ana.visit();
    const inbox = { onServer: 4, recorded: 4, missing: 0 };
    const rows = await office.db.select().from(tables.folders);
    expect(rows.find(({ path }) => path === 'INBOX')).toMatchObject(inbox);
    expect(await ana.reconcile()).toEqual(inbox);
  });

  test('what no visit ever recorded is found, shown, and fetched by the next visit', async () => {
    await using office = await twoMailboxes();
    const ana = await three(office);
    await ana.visit();
    await office.db.delete(tables.sightings).where(eq(tables.sightings.uid, 2));
    expect(await ana.visit()).toMatchObject({ logged: 0 });
    expect(await ana.reconcile()).toEqual({ onServer: 3, recorded: 2, missing: 1 });
    expect(await events(office)).toEqual(['messages_missing']);
    expect(await ana.visit()).toMatchObject({ logged: 1, failed: 0 });
    expect(await ana.reconcile()).toEqual({ onServer: 3, recorded: 3, missing: 0 });
    expect(await office.db.$count(tables.engagements)).toBe(3);
  });

  test('what is older than the history, or still to be read, is not missing', async () => {
    await using office = await twoMailboxes();
    const old = { internalDate: new Date(Date.now() - 20 * 24 * 3_600_000) };
    await office.dovecot.deliver('ana', 'INBOX', fromJill('too old'), old);
    for (const subject of ['one', 'two', 'three']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const ana = await office.connectAna({ history: { mode: 'days', days: 5 } });
    const fetch = { mailboxId: ana.id, seq: 1, checkpoint: {}, batchSize: 2, jitter: 0 };
    await office.pipeline.activities.fetchNew({ ...fetch, nonce: 'n' });
    expect(await ana.reconcile()).toEqual({ onServer: 0, recorded: 0, missing: 0 });
    await ana.visit();
    expect(await ana.reconcile()).toEqual({ onServer: 3, recorded: 3, missing: 0 });
  });

  test('R1 a folder in which nothing has changed since is not asked again (CONDSTORE)', async () => {
    let asked = 0;
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        allUids: () => {
          asked += 1;
          return session.allUids();
        },
      }),
    });
    const ana = await three(office);
    await ana.visit();
    await ana.reconcile();
    const before = asked;
    expect(await ana.reconcile()).toEqual({ onServer: 3, recorded: 3, missing: 0 });
    expect(asked).toBe(before);
    await office.dovecot.deliver('ana', 'INBOX', fromJill('four'));
    await ana.visit();
    await ana.reconcile();
    expect(asked).toBe(before + 1);
  });
});
