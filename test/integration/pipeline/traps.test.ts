import { ApplicationFailure } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../domain/policy.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { aPipeline, decisionsOf } from '../../support/pipeline.ts';
import { startScriptedImap, type Script } from '../../support/scripted-imap.ts';
import { ScriptedMailbox } from '../../support/scripted-mailbox.ts';

/** The traps of facts-mail.md section 7, through the activities of a visit; each is pinned by its number. */

const INBOX_ONLY: Partial<Policy> = { history: { mode: 'all' }, folders: { mode: 'inbox' } };

/** Ana's mailbox on a scripted server, in a workspace that knows Jill. */
async function anaOn(script: Script, policy: Partial<Policy> = INBOX_ONLY) {
  const stack = new AsyncDisposableStack();
  const scripted = stack.use(await startScriptedImap(script));
  const pipeline = stack.use(await aPipeline());
  const customer = await pipeline.addAccount('Customer Ltd', ['customer.example']);
  await pipeline.addContact('Jill', ['jill@customer.example'], [customer]);
  const { port, username, password } = scripted.server;
  const login = { address: 'ana@acme.example', port, username, password };
  const ana = await pipeline.connect(login, policy);
  return {
    ...{ scripted, pipeline, ana },
    uids: async () => (await decisionsOf(pipeline)).map(({ uid, verdict }) => [uid, verdict]),
    fetchNew: () =>
      pipeline.activities.fetchNew({
        ...{ mailboxId: ana.id, seq: 1, nonce: randomUUID(), checkpoint: {} },
        ...{ batchSize: 10, jitter: 0.5 },
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function failureOf(attempt: Promise<unknown>): Promise<ApplicationFailure> {
  const error: unknown = await attempt.catch((reason: unknown) => reason);
  if (error instanceof ApplicationFailure) return error;
  throw new Error('did not fail', { cause: error });
}

test('trap 1: R55 a login refused for too many connections asks nobody to reconnect', async () => {
  await using office = await anaOn({
    LOGIN: ['TAG NO [ALERT] Too many simultaneous connections. (Failure)'],
  });
  const failure = await failureOf(office.fetchNew());
  expect([failure.type, failure.nonRetryable]).toEqual(['throttled', true]);
  expect(office.scripted.logins).toBe(1);
});

test('trap 2: a search that is refused is no empty visit', async () => {
  const mailbox = new ScriptedMailbox();
  await using office = await anaOn({ ...mailbox.script, 'UID SEARCH': ['TAG NO [LIMIT] Slow'] });
  expect((await failureOf(office.fetchNew())).type).toBe('throttled');
  expect(await office.uids()).toEqual([]);
});

test('trap 3: R3 the last old message, which `n:*` brings again, is not filed again', async () => {
  const mailbox = new ScriptedMailbox();
  await using office = await anaOn(mailbox.script);
  await office.ana.visit();
  mailbox.folder().lastUid = 4;
  mailbox.folder().gone.add(4);
  await office.ana.visit();
  expect(await office.uids()).toEqual([
    [1, 'logged'],
    [2, 'logged'],
    [3, 'logged'],
  ]);
});

test('trap 4: an unsolicited row with a higher UID does not move the cursor', async () => {
  const mailbox = new ScriptedMailbox();
  const { script } = mailbox;
  const fetch = script['UID FETCH'];
  await using office = await anaOn({
    ...script,
    'UID FETCH': async (exchange) => {
      const lines = typeof fetch === 'function' ? await fetch(exchange) : [];
      return ['* 9 FETCH (UID 9 FLAGS ())', ...(lines === 'silence' ? [] : lines)];
    },
  });
  expect((await office.ana.visit()).checkpoint).toMatchObject({ INBOX: { lastUid: 3 } });
  mailbox.folder().lastUid = 4;
  await office.ana.visit();
  expect((await office.uids()).map(([uid]) => uid)).toEqual([1, 2, 3, 4]);
});

test('trap 5: a UID that is missing in a FETCH is asked for again before the cursor passes it', async () => {
  const mailbox = new ScriptedMailbox();
  const fetch = mailbox.script['UID FETCH'];
  await using office = await anaOn({
    ...mailbox.script,
    'UID FETCH': async (exchange) => {
      const lines = typeof fetch === 'function' ? await fetch(exchange) : [];
      const isShort = exchange.times === 1 && lines !== 'silence';
      return isShort ? lines.filter((line) => !line.startsWith('* 2 ')) : lines;
    },
  });
  await office.ana.visit();
  expect((await office.uids()).toSorted()).toEqual([
    [1, 'logged'],
    [2, 'logged'],
    [3, 'logged'],
  ]);
});

test('trap 6: a changed UIDVALIDITY makes no duplicate, and no body is fetched again', async () => {
  const mailbox = new ScriptedMailbox({ folders: { INBOX: { count: 20 } } });
  await using office = await anaOn(mailbox.script);
  expect(await office.ana.visit()).toMatchObject({ logged: 20 });
  const bodies = () =>
    office.scripted.commands.filter((command) => command.includes('BODY.PEEK[1]')).length;
  const before = bodies();
  mailbox.folder().uidValidity = 8;
  expect(await office.ana.visit()).toMatchObject({ logged: 0, skipped: 20 });
  expect([before, bodies()]).toEqual([before, before]);
});

test('R41 one message that the server refuses to hand out does not hold up the others', async () => {
  const mailbox = new ScriptedMailbox({ folders: { INBOX: { count: 9 } } });
  const fetch = mailbox.script['UID FETCH'];
  await using office = await anaOn({
    ...mailbox.script,
    'UID FETCH': async (exchange) => {
      const [, from = 0, to = from] = /FETCH (\d+)(?::(\d+))?/.exec(exchange.command) ?? [];
      if (Number(from) <= 5 && Number(to) >= 5) return ['TAG NO FETCH failed'];
      return typeof fetch === 'function' ? fetch(exchange) : 'silence';
    },
  });
  await office.ana.visit();
  const verdicts = new Map((await office.uids()).map(([uid, verdict]) => [uid, verdict]));
  expect([verdicts.size, verdicts.get(5), verdicts.get(4)]).toEqual([9, 'failed', 'logged']);
});

test('R41 one message over which the server goes away is set aside after two tries', async () => {
  const mailbox = new ScriptedMailbox({ folders: { INBOX: { count: 9 } } });
  const fetch = mailbox.script['UID FETCH'];
  await using office = await anaOn({
    ...mailbox.script,
    'UID FETCH': async (exchange) => {
      const [, from = 0, to = from] = /FETCH (\d+)(?::(\d+))?/.exec(exchange.command) ?? [];
      const isDamaged = Number(from) <= 5 && Number(to) >= 5;
      if (isDamaged) return ['* BYE FETCH for UID 5 got too little data', 'CLOSE'];
      return typeof fetch === 'function' ? fetch(exchange) : 'silence';
    },
  });
  expect((await failureOf(office.ana.visit())).type).toBe('server_unavailable');
  expect(await office.ana.visit()).toMatchObject({ logged: 8, failed: 0 });
  const { db } = office.pipeline.database;
  await db
    .update(tables.sightings)
    .set({ retryAt: new Date(0) })
    .where(eq(tables.sightings.uid, 5));
  expect(await office.ana.visit()).toMatchObject({ logged: 0 });
  const asked = office.scripted.countOf('UID FETCH');
  expect(await office.ana.visit()).toMatchObject({ logged: 0 });
  expect(office.scripted.countOf('UID FETCH')).toBe(asked);
  expect(new Map((await office.uids()).map(([uid, verdict]) => [uid, verdict])).get(5)).toBe(
    'failed',
  );
});

test('R41 nor does one whose text makes the server go away', async () => {
  const mailbox = new ScriptedMailbox({ folders: { INBOX: { count: 9 } } });
  const fetch = mailbox.script['UID FETCH'];
  await using office = await anaOn({
    ...mailbox.script,
    'UID FETCH': async (exchange) => {
      const [, from = 0, to = from] = /FETCH (\d+)(?::(\d+))?/.exec(exchange.command) ?? [];
      const isDamaged = Number(from) <= 5 && Number(to) >= 5;
      if (isDamaged && exchange.command.includes('PEEK[1]')) return ['* BYE Too little', 'CLOSE'];
      return typeof fetch === 'function' ? fetch(exchange) : 'silence';
    },
  });
  expect(await office.ana.visit()).toMatchObject({ logged: 8, failed: 1 });
  expect(new Map((await office.uids()).map(([uid, verdict]) => [uid, verdict])).get(5)).toBe(
    'failed',
  );
  expect(office.scripted.logins).toBe(3);
});

test('R8 messages to be tried again in a folder that is gone do not stop the others', async () => {
  const mailbox = new ScriptedMailbox({ folders: { INBOX: { count: 1 }, Projects: { count: 1 } } });
  await using office = await anaOn(mailbox.script, {
    ...{ history: { mode: 'all' }, folders: { mode: 'all' } },
  });
  await office.ana.visit();
  await office.pipeline.database.db.update(tables.sightings).set({
    ...{ verdict: 'failed', engagementId: null, evidence: { problem: 'x' } },
    ...{ attempts: 1, retryAt: new Date(0) },
  });
  mailbox.folders.delete('Projects');
  mailbox.folder().lastUid = 2;
  expect(await office.ana.visit()).toMatchObject({ logged: 2 });
  const asked = office.scripted.countOf('EXAMINE');
  await office.ana.visit();
  expect(office.scripted.countOf('EXAMINE')).toBe(asked);
});

describe('trap 7: R1 an empty visit', () => {
  test('costs less than 3 KB, and the same for 1,000 and for 100,000 messages', async () => {
    const octetsPerVisit: number[] = [];
    for (const count of [1_000, 100_000]) {
      const message = () => ({ headers: [], text: '', arrivedAt: new Date(0) });
      const mailbox = new ScriptedMailbox({ folders: { INBOX: { count } }, message });
      await using office = await anaOn(mailbox.script, { folders: { mode: 'inbox' } });
      await office.ana.visit();
      await office.ana.visit();
      const octets = () => office.scripted.octets.sent + office.scripted.octets.received;
      const [before, commands] = [octets(), office.scripted.commands.length];
      for (let visit = 0; visit < 20; visit += 1) await office.ana.visit();
      octetsPerVisit.push(Math.ceil((octets() - before) / 20));
      expect((office.scripted.commands.length - commands) / 20).toBeLessThanOrEqual(8);
      expect(await office.uids()).toEqual([]);
    }
    const [small = 0, large = 0] = octetsPerVisit;
    expect(large).toBeLessThan(3_000);
    expect(Math.abs(large - small)).toBeLessThan(20);
  });
});

test('trap 12: neither a secret nor the words of a server get into a failure', async () => {
  await using office = await anaOn({
    LOGIN: ['TAG NO [AUTHENTICATIONFAILED] ana may not come in with secret'],
  });
  const failure = await failureOf(office.fetchNew());
  expect(failure.type).toBe('authentication_failed');
  const { name, stack } = failure;
  expect(inspect([failure, name, stack], { depth: null })).not.toMatch(/"?secret|\bana\b/);
});

test('trap 15: R9 a delivery report, about a delay too, is no mail of a customer and marks nobody', async () => {
  const message = (uid: number) => ({
    headers: [
      'From: Jill <jill@customer.example>',
      'To: ana@acme.example',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      `Message-ID: <${uid}@customer.example>`,
    ],
    text: `Final-Recipient: rfc822; jill@customer.example\r\nAction: ${uid === 1 ? 'failed' : 'delayed'}`,
  });
  await using office = await anaOn(new ScriptedMailbox({ message }).script);
  expect(await office.ana.visit()).toMatchObject({ logged: 0, skipped: 3 });
  const decisions = await decisionsOf(office.pipeline);
  expect(new Set(decisions.map(({ reason }) => reason))).toEqual(new Set(['bounce']));
  const contacts = await office.pipeline.database.db.select().from(tables.contacts);
  expect(contacts.map(({ name }) => name)).toEqual(['Jill']);
});

test('trap 8: R55 a hint of 300 s ends the activity at once, with the hint as the floor', async () => {
  const answer = 'TAG BAD Request is throttled. Suggested Backoff Time: 300000 milliseconds';
  const mailbox = new ScriptedMailbox();
  await using office = await anaOn({ ...mailbox.script, 'UID FETCH': [answer] });
  const failure = await failureOf(office.fetchNew());
  expect([failure.type, failure.nonRetryable]).toEqual(['throttled', true]);
  expect(failure.details).toMatchObject([
    { retryAfterMs: 300_000, shouldSlowDown: true, isAlert: false },
  ]);
  expect([office.scripted.connections, office.scripted.countOf('UID FETCH')]).toEqual([1, 1]);
});
