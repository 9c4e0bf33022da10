import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Watcher } from '../../../activities/watcher.ts';
import { DEFAULT_POLICY } from '../../../domain/policy.ts';
import { requestLease } from '../../../drizzle/leases.ts';
import type { ConnectedMailbox } from '../../../drizzle/loop.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { countUsage, usageOf } from '../../../drizzle/usage.ts';
import { startScriptedImap, type ScriptedImap } from '../../support/scripted-imap.ts';
import { silent, visitorsOf, type Visitor, type Visitors } from '../../support/visitors.ts';

const PUSH = { ...DEFAULT_POLICY, push: true };
const CAPABILITY = ['* CAPABILITY IMAP4rev1 IDLE', 'TAG OK done'];

let imap: ScriptedImap;
let all: Visitors;
beforeEach(async () => {
  imap = await startScriptedImap({ CAPABILITY });
  all = await visitorsOf(imap.server);
});
afterEach(async () => {
  await all[Symbol.asyncDispose]();
  await imap[Symbol.asyncDispose]();
});

/** A worker with push; `nudged` are the mailboxes whose workflows it woke. */
async function aWatcher({ coalesceMs = 2_000 } = {}) {
  const visitor = all.visitor();
  const nudged: string[] = [];
  const watcher = new Watcher({
    ...{ database: all.store.database, sessions: visitor.sessions, logger: silent },
    nudge: (mailboxId) => Promise.resolve(void nudged.push(mailboxId)),
    ...{ sweepMs: 60 * 60_000, coalesceMs },
  });
  await watcher.start();
  return {
    ...{ visitor, nudged, watcher },
    [Symbol.asyncDispose]: () => watcher[Symbol.asyncDispose](),
  };
}

/** A visit that ends: the connection goes to sleep, or is closed. */
const visitOnce = (visitor: Visitor, mailbox: ConnectedMailbox) =>
  visitor.visit(mailbox, (session) => session.folderStatus('INBOX'), { keep: false });
const purposeOf = async ({ id }: ConnectedMailbox) => {
  const { mailboxLeases } = tables;
  const rows = await all.store.db
    .select()
    .from(mailboxLeases)
    .where(eq(mailboxLeases.mailboxId, id));
  return rows[0]?.purpose ?? null;
};
const change = ({ id }: ConnectedMailbox, columns: Partial<typeof tables.mailboxes.$inferInsert>) =>
  all.store.db.update(tables.mailboxes).set(columns).where(eq(tables.mailboxes.id, id));

describe('R1 push', () => {
  test('what is delivered wakes the mailbox at once, and its visit takes the connection that waited', async () => {
    await using watching = await aWatcher();
    const { visitor, nudged } = watching;
    const mailbox = await all.mailbox({ policy: PUSH });
    await visitOnce(visitor, mailbox);
    await expect.poll(() => imap.idling).toBe(1);
    expect(await purposeOf(mailbox)).toBe('watch');
    await imap.push('* 4 EXISTS');
    await expect.poll(() => nudged).toEqual([mailbox.id]);
    await visitor.visit(mailbox, async (session) => {
      await session.folderStatus('INBOX');
      expect([imap.idling, await purposeOf(mailbox)]).toEqual([0, 'visit']);
    });
    expect([imap.logins, imap.connections]).toEqual([1, 1]);
    const usage = (await usageOf(all.store.db, [mailbox.id])).get(mailbox.id);
    expect(usage?.hours).toMatchObject([{ ...imap.octets, logins: 1 }]);
  });

  test('many messages at once wake it twice: for the first, and for the rest', async () => {
    await using watching = await aWatcher();
    const mailbox = await all.mailbox({ policy: PUSH });
    await visitOnce(watching.visitor, mailbox);
    await expect.poll(() => imap.idling).toBe(1);
    for (let exists = 4; exists < 20; exists += 1) await imap.push(`* ${exists} EXISTS`);
    await expect.poll(() => watching.nudged.length, { timeout: 5_000 }).toBe(2);
  });

  test('messages that go away wake nobody', async () => {
    await using watching = await aWatcher();
    const mailbox = await all.mailbox({ policy: PUSH });
    await visitOnce(watching.visitor, mailbox);
    await expect.poll(() => imap.idling).toBe(1);
    await imap.push('* 1 EXPUNGE', '* 2 EXISTS');
    await visitOnce(watching.visitor, mailbox);
    expect(watching.nudged).toEqual([]);
  });

  test('what came between the visit and the wait is not overlooked, and does not wake again and again', async () => {
    await using watching = await aWatcher({ coalesceMs: 0 });
    const mailbox = await all.mailbox({ policy: PUSH });
    const folder = { id: crypto.randomUUID(), path: 'INBOX', use: 'inbox' } as const;
    const owner = { mailboxId: mailbox.id, workspaceId: mailbox.workspaceId };
    await all.store.db.insert(tables.folders).values({ ...owner, ...folder });
    const decidedUpTo = async (lastUid: number) => {
      const checkpoint = { [folder.id]: { uidValidity: '7', lastUid } };
      await all.store.db
        .insert(tables.mailboxCheckpoints)
        .values({ ...owner, checkpoint })
        .onConflictDoUpdate({
          target: tables.mailboxCheckpoints.mailboxId,
          set: { checkpoint },
        });
    };
    // The server has three messages, UIDs 1 to 3.
    await decidedUpTo(2);
    await visitOnce(watching.visitor, mailbox);
    await expect.poll(() => watching.nudged).toEqual([mailbox.id]);
    await visitOnce(watching.visitor, mailbox);
    await decidedUpTo(3);
    await visitOnce(watching.visitor, mailbox);
    expect(watching.nudged).toEqual([mailbox.id]);
  });
});

describe('R1 a watched mailbox still has one connection', () => {
  test('a visit by another worker gets it at once', async () => {
    await using watching = await aWatcher();
    const mailbox = await all.mailbox({ policy: PUSH });
    await visitOnce(watching.visitor, mailbox);
    await expect.poll(() => imap.idling).toBe(1);
    await using other = all.visitor();
    await other.visit(mailbox, (session) => session.listFolders());
    expect([all.mostPerMailbox(), all.open(), imap.idling]).toEqual([1, 1, 0]);
  });

  test('whoever asks for it gets it: downloads of attachments do', async () => {
    await using watching = await aWatcher();
    const mailbox = await all.mailbox({ policy: PUSH });
    await visitOnce(watching.visitor, mailbox);
    await requestLease(all.store.db, mailbox.id);
    await expect.poll(() => purposeOf(mailbox)).toBeNull();
    expect(all.open()).toBe(0);
  });
});

describe('watches end', () => {
  test.each<[string, Parameters<typeof change>[1]]>([
    ['R52 paused', { desiredState: 'paused' }],
    ['R54 disconnected', { disconnectedAt: new Date() }],
    ['push switched off', { policy: {} }],
  ])('%s', async (_, columns) => {
    await using watching = await aWatcher();
    const mailbox = await all.mailbox({ policy: PUSH });
    await visitOnce(watching.visitor, mailbox);
    await watching.watcher.sweep();
    expect(all.open()).toBe(1);
    await change(mailbox, columns);
    await watching.watcher.sweep();
    expect([all.open(), await purposeOf(mailbox), watching.nudged]).toEqual([0, null, []]);
  });

  test('a server without IDLE is not watched', async () => {
    await using plain = await startScriptedImap();
    await using others = await visitorsOf(plain.server);
    await using visitor = others.visitor();
    visitor.sessions.startPush({ watched: () => undefined, news: () => undefined });
    await visitOnce(visitor, await others.mailbox({ policy: PUSH }));
    expect([others.open(), plain.countOf('LOGOUT')]).toEqual([0, 1]);
  });

  test('a server that says it has IDLE and refuses it is let go', async () => {
    await using refusing = await startScriptedImap({ CAPABILITY, IDLE: ['TAG NO not now'] });
    await using others = await visitorsOf(refusing.server);
    await using visitor = others.visitor();
    visitor.sessions.startPush({ watched: () => undefined, news: () => undefined });
    await visitOnce(visitor, await others.mailbox({ policy: PUSH }));
    await expect.poll(() => others.open()).toBe(0);
    expect(refusing.countOf('IDLE')).toBe(1);
  });
});

describe('watches come back', () => {
  test('after the server dropped them: one visit, and no other one soon', async () => {
    await using watching = await aWatcher();
    const mailbox = await all.mailbox({ policy: PUSH });
    await visitOnce(watching.visitor, mailbox);
    await expect.poll(() => imap.idling).toBe(1);
    imap.dropAll();
    await expect.poll(() => purposeOf(mailbox)).toBeNull();
    await watching.watcher.sweep();
    await watching.watcher.sweep();
    expect(watching.nudged).toEqual([mailbox.id]);
    await visitOnce(watching.visitor, mailbox);
    await expect.poll(() => imap.idling).toBe(1);
    // A watch that does not last is no reason to log in again and again.
    imap.dropAll();
    await expect.poll(() => purposeOf(mailbox)).toBeNull();
    await watching.watcher.sweep();
    expect(watching.nudged).toEqual([mailbox.id]);
  });

  test('not of mailboxes that are read, fail, do not ask for push or have spent their budget', async () => {
    const spent = await all.mailbox({ policy: { ...PUSH, loginsPerHour: 1 } });
    await countUsage(all.store.db, { ...spent, mailboxId: spent.id }, { logins: 1 });
    const failing = await all.mailbox({ policy: PUSH });
    await change(failing, { state: 'backing_off' });
    const pop3 = await all.mailbox({ policy: PUSH });
    await change(pop3, { protocol: 'pop3' });
    await all.mailbox();
    const read = await all.mailbox({ policy: PUSH });
    const wanted = await all.mailbox({ policy: PUSH });
    await using reader = all.visitor();
    await reader.visit(read);
    await using watching = await aWatcher();
    await expect.poll(() => watching.nudged).toEqual([wanted.id]);
    await watching.watcher.sweep();
    expect(watching.nudged).toEqual([wanted.id]);
  });

  test('of no more mailboxes than the host may have watched', async () => {
    for (let n = 0; n < 12; n += 1) {
      const mailbox = await all.mailbox({ policy: PUSH });
      if (n >= 8) continue;
      await all.store.db.insert(tables.mailboxLeases).values({
        ...{ mailboxId: mailbox.id, workspaceId: mailbox.workspaceId, host: mailbox.server.host },
        ...{ holder: 'x', purpose: 'watch', expiresAt: sql`now() + interval '1 minute'` },
      });
    }
    await using watching = await aWatcher();
    // Ten may be watched at an unknown provider (domain/provider-table.ts), and eight are.
    await expect.poll(() => watching.nudged.length).toBe(2);
    await watching.watcher.sweep();
    expect(watching.nudged).toHaveLength(4);
  });
});
