import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bytesUsed } from '../../../domain/budget.ts';
import { DEFAULT_POLICY } from '../../../domain/policy.ts';
import type { ConnectedMailbox } from '../../../drizzle/loop.ts';
import { countUsage, usageOf } from '../../../drizzle/usage.ts';
import { startScriptedImap, type ScriptedImap } from '../../support/scripted-imap.ts';
import { visitorsOf, type Visitor, type Visitors } from '../../support/visitors.ts';

let imap: ScriptedImap;
let all: Visitors;
let one: Visitor;
beforeAll(async () => {
  imap = await startScriptedImap();
  all = await visitorsOf(imap.server);
  one = all.visitor();
});
afterAll(async () => {
  await all[Symbol.asyncDispose]();
  await imap[Symbol.asyncDispose]();
});
afterEach(async () => {
  await all.store.db.execute(sql`delete from host_paces`);
});

const aMailbox = (limits: { bytesPerDay?: number; loginsPerHour?: number }) =>
  all.mailbox({ policy: { ...DEFAULT_POLICY, ...limits } });
const used = async ({ id }: ConnectedMailbox) => {
  const usage = (await usageOf(all.store.db, [id])).get(id);
  return { bytes: bytesUsed(usage ?? { at: 0, hours: [] }), hours: usage?.hours ?? [] };
};
const count = (mailbox: ConnectedMailbox, received: number) =>
  countUsage(all.store.db, { ...mailbox, mailboxId: mailbox.id }, { received });
const failureOf = (visit: Promise<unknown>) =>
  visit.then(
    () => null,
    (error: unknown) => error,
  );

describe('R1 octets of a day', () => {
  test('every octet on the wire is counted, logins, goodbyes and idle talk included', async () => {
    await using own = await startScriptedImap();
    await using others = await visitorsOf(own.server);
    await using visitor = others.visitor();
    const mailbox = await others.mailbox();
    await visitor.visit(mailbox, (session) => session.listFolders());
    await visitor.visit(mailbox, (session) => session.openFolder('INBOX'));
    await visitor.sessions.close(mailbox.id);
    const usage = (await usageOf(others.store.db, [mailbox.id])).get(mailbox.id);
    const { sent, received } = own.octets;
    expect(usage?.hours).toMatchObject([{ sent, received, logins: 1 }]);
  });

  test('at 40 % the history waits and live mail goes on; at 80 % both wait', async () => {
    const mailbox = await aMailbox({ bytesPerDay: 1_000_000 });
    await count(mailbox, 400_000);
    const history = await failureOf(one.visit(mailbox, undefined, { lane: 'backfill' }));
    expect(history).toMatchObject({ deferral: { lane: 'backfill', reason: 'bytes_spent' } });
    await one.visit(mailbox, undefined, { keep: false });
    await count(mailbox, 400_000);
    const before = imap.logins;
    const live = await failureOf(one.visit(mailbox));
    expect(live).toMatchObject({ deferral: { lane: 'live', reason: 'bytes_spent' } });
    // Until the first of the two amounts has left the 24 hours, hour by hour.
    const { until } = (live as { deferral: { until: number } }).deferral;
    const [hour] = (await used(mailbox)).hours;
    expect(until).toBe((hour?.hour ?? 0) + 25 * 3_600_000);
    expect(imap.logins).toBe(before);
  });

  test('a visit stops between two batches when the amount is reached, and closes its connection', async () => {
    const mailbox = await aMailbox({ bytesPerDay: 1_000_000 });
    await one.visit(mailbox);
    await count(mailbox, 800_000);
    expect(await failureOf(one.visit(mailbox))).toMatchObject({ name: 'Deferred' });
    expect(all.open()).toBe(0);
  });

  test('what has been used is known to another worker, and after a restart', async () => {
    const mailbox = await aMailbox({ bytesPerDay: 1_000_000 });
    await one.visit(mailbox, undefined, { keep: false });
    const { bytes } = await used(mailbox);
    expect(bytes).toBeGreaterThan(50);
    await count(mailbox, 800_000 - bytes);
    await using restarted = all.visitor();
    expect(await failureOf(restarted.visit(mailbox))).toMatchObject({ name: 'Deferred' });
  });
});

describe('R1 logins of an hour', () => {
  test('as many visits as allowed, then none until there is room', async () => {
    const mailbox = await aMailbox({ loginsPerHour: 2 });
    const before = imap.logins;
    for (let visit = 0; visit < 2; visit += 1) await one.visit(mailbox, undefined, { keep: false });
    const asked = Date.now();
    const refused = await failureOf(one.visit(mailbox));
    expect(refused).toMatchObject({ deferral: { lane: 'live', reason: 'logins_spent' } });
    const { until } = (refused as { deferral: { until: number } }).deferral;
    expect(until).toBeGreaterThan(asked);
    expect(until).toBeLessThan(asked + 2 * 3_600_000);
    expect(imap.logins - before).toBe(2);
  });

  test('a visit of many batches spends one', async () => {
    const mailbox = await aMailbox({ loginsPerHour: 1 });
    for (let batch = 0; batch < 5; batch += 1) await one.visit(mailbox);
    expect((await used(mailbox)).hours).toMatchObject([{ logins: 1 }]);
    await one.sessions.close(mailbox.id);
  });

  test('R55 one that is refused counts, also when the worker dies over it', async () => {
    await using silent = await startScriptedImap({ LOGIN: 'silence' });
    await using others = await visitorsOf(silent.server);
    await using visitor = others.visitor();
    const mailbox = await others.mailbox();
    const visit = failureOf(visitor.visit(mailbox));
    await expect.poll(() => silent.logins).toBe(1);
    const usage = (await usageOf(others.store.db, [mailbox.id])).get(mailbox.id);
    expect(usage?.hours).toMatchObject([{ logins: 1 }]);
    silent.dropAll();
    expect(await visit).toMatchObject({ kind: 'connection_lost' });
  });
});
