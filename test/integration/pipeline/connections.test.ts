import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailboxLeases } from '../../../drizzle/schema/index.ts';
import { startScriptedImap, type ScriptedImap } from '../../support/scripted-imap.ts';
import { visitorsOf, type Visitors } from '../../support/visitors.ts';

let imap: ScriptedImap;
let all: Visitors;
beforeAll(async () => {
  imap = await startScriptedImap();
  all = await visitorsOf(imap.server);
});
afterAll(async () => {
  await all[Symbol.asyncDispose]();
  await imap[Symbol.asyncDispose]();
});

const leaseOf = async (mailboxId: string) => {
  const { db } = all.store;
  const rows = await db.select().from(mailboxLeases).where(eq(mailboxLeases.mailboxId, mailboxId));
  return rows[0] ?? null;
};
const busy = { deferral: { lane: 'live', reason: 'host_busy' } };

test('R1 two workers that visit one mailbox again and again never have two connections to it', async () => {
  await using one = all.visitor();
  await using other = all.visitor();
  const mailbox = await all.mailbox();
  const before = imap.logins;
  const visits = [one, other, one, other, one, other].map((visitor) =>
    visitor.visit(mailbox, (session) => session.listFolders(), { keep: false }),
  );
  await Promise.all(visits);
  expect([all.mostPerMailbox(), all.open(), await leaseOf(mailbox.id)]).toEqual([1, 0, null]);
  expect(imap.logins - before).toBe(6);
});

test('R1 a mailbox that another worker reads is put off, without a connection', async () => {
  await using one = all.visitor();
  await using other = all.visitor({ patienceMs: 200 });
  const mailbox = await all.mailbox();
  await one.visit(mailbox, async () => {
    const before = imap.connections;
    const asked = Date.now();
    const refused: unknown = await other.visit(mailbox).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'Deferred', ...busy });
    const { deferral } = refused as { deferral: { until: number } };
    expect(deferral.until).toBeGreaterThan(asked + 5_000);
    expect(imap.connections).toBe(before);
  });
});

test('R1 two workers together stay within the pace of the host', async () => {
  const provider = 'yandex';
  await using one = all.visitor({ patienceMs: 0 });
  await using other = all.visitor({ patienceMs: 0 });
  const [first, second] = [await all.mailbox({ provider }), await all.mailbox({ provider })];
  await one.visit(first);
  await expect(other.visit(second)).rejects.toMatchObject(busy);
  await all.store.db.execute(sql`update host_paces set next_connect_at = now()`);
  await other.visit(second);
});

test('R1 two workers together stay within the connections of the host', async () => {
  await using one = all.visitor();
  await using other = all.visitor({ patienceMs: 0 });
  // Twenty, as the profile for unknown providers has it (domain/provider-table.ts).
  const mailboxes = await Promise.all(Array.from({ length: 20 }, () => all.mailbox()));
  await Promise.all(mailboxes.map((mailbox) => one.visit(mailbox)));
  expect(all.open()).toBe(20);
  const more = await all.mailbox();
  await all.store.db.execute(sql`update host_paces set next_connect_at = now()`);
  await expect(other.visit(more)).rejects.toMatchObject(busy);
  const [closed] = mailboxes;
  if (closed !== undefined) await one.sessions.close(closed.id);
  await other.visit(more);
  expect(all.open()).toBe(20);
});

test('R1 a lease is renewed for as long as the connection stands', async () => {
  await using one = all.visitor({ leaseMs: 300 });
  const mailbox = await all.mailbox();
  await one.visit(mailbox);
  const first = (await leaseOf(mailbox.id))?.expiresAt.getTime() ?? Infinity;
  await expect
    .poll(async () => (await leaseOf(mailbox.id))?.expiresAt.getTime() ?? 0)
    .toBeGreaterThan(first + 300);
  expect(all.open()).toBe(1);
});

test('R1 a worker that has lost its lease closes the connection, in the middle of a command too', async () => {
  await using one = all.visitor({ leaseMs: 300 });
  const mailbox = await all.mailbox();
  const visit = one.visit(mailbox, async (session) => {
    await all.store.db
      .update(mailboxLeases)
      .set({ holder: 'another', expiresAt: sql`now() + interval '1 minute'` })
      .where(eq(mailboxLeases.mailboxId, mailbox.id));
    await expect.poll(() => session.isOpen).toBe(false);
    return session.listFolders();
  });
  await expect(visit).rejects.toMatchObject({ kind: 'connection_lost' });
  expect([all.open(), (await leaseOf(mailbox.id))?.holder]).toEqual([0, 'another']);
});

test('R1 what a worker that died had is free when its lease has run out', async () => {
  await using one = all.visitor();
  const mailbox = await all.mailbox();
  await all.store.db.insert(mailboxLeases).values({
    ...{ mailboxId: mailbox.id, workspaceId: mailbox.workspaceId, host: mailbox.server.host },
    ...{ holder: 'dead', purpose: 'visit', expiresAt: sql`now() + interval '500 milliseconds'` },
  });
  await one.visit(mailbox);
  expect((await leaseOf(mailbox.id))?.holder).toBe(one.holder);
});

test('R55 a login that is refused leaves no lease behind', async () => {
  await using refusing = await startScriptedImap({
    LOGIN: ['TAG NO [AUTHENTICATIONFAILED] no'],
  });
  await using others = await visitorsOf(refusing.server);
  await using visitor = others.visitor();
  const mailbox = await others.mailbox();
  await expect(visitor.visit(mailbox)).rejects.toMatchObject({ kind: 'authentication_failed' });
  const leases = await others.store.db.select().from(mailboxLeases);
  expect([leases, others.open(), refusing.logins]).toEqual([[], 0, 1]);
});
