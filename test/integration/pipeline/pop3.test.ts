import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import type { MailSession } from '../../../mail/session.ts';
import { decisionsOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

const ANA = {
  protocol: 'pop3',
  address: 'ana@acme.example',
  username: 'ana',
  password: 'secret',
} as const;
const PLAN = { name: 'plan.pdf', mediaType: 'application/pdf', content: Buffer.alloc(57_000) };

/** An office whose Ana is read by POP3, and the sessions that were opened for it. */
async function office() {
  const sessions: MailSession[] = [];
  const wrap = (session: MailSession) => {
    sessions.push(session);
    return session;
  };
  const two = await twoMailboxes({ wrap });
  const connectAna = (policy?: Parameters<typeof two.pipeline.connect>[1]) =>
    two.pipeline.connect({ ...ANA, port: two.dovecot.pop3Port }, policy);
  const engagements = async () => {
    const rows = await two.db.select().from(tables.engagements);
    return rows.map(({ subject, text, direction }) => [subject, text.trim(), direction]);
  };
  /** Removes every message, as another mail program might. */
  const empty = () => {
    for (const part of ['new', 'cur']) {
      const folder = join(two.dovecot.mailDir('ana'), part);
      for (const file of readdirSync(folder)) rmSync(join(folder, file));
    }
  };
  return { ...two, sessions, connectAna, engagements, empty };
}

describe('a visit by POP3', () => {
  test('R41, R50 logs customer mail with its text, skips the rest with a reason', async () => {
    await using acme = await office();
    await acme.dovecot.deliver(
      'ana',
      'INBOX',
      fromJill('Order', { text: 'Zwei Säcke.\n.\nBitte' }),
    );
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('Who?', { from: 'x@else.example' }));
    const ana = await acme.connectAna();
    expect(await ana.visit()).toMatchObject({
      ...{ logged: 1, skipped: 1, failed: 0, checkpoint: { INBOX: { lastUid: 2 } } },
    });
    expect(await acme.verdicts()).toEqual([
      ['Order', 'logged'],
      ['Who?', 'unknown_sender'],
    ]);
    expect(await acme.engagements()).toEqual([['Order', 'Zwei Säcke.\n.\nBitte', 'incoming']]);
    expect(acme.pipeline.logins()).toBe(1);
    expect(await ana.reconcile()).toEqual({ onServer: 2, recorded: 2, missing: 0 });
  });

  test('R42 text and attachments are found where the header shows neither', async () => {
    await using acme = await office();
    const intent = {
      text: 'See the plan.',
      html: '<p>See the <b>plan</b>.</p>',
      attachments: [PLAN],
    };
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('Plan', intent));
    await (await acme.connectAna()).visit();
    const [engagement] = await acme.db.select().from(tables.engagements);
    expect(engagement?.text.trim()).toBe('See the plan.');
    expect(engagement?.html).toContain('<b>plan</b>');
    const listed = await acme.db.select().from(tables.attachments);
    expect(listed).toMatchObject([{ name: 'plan.pdf', mediaType: 'application/pdf', part: '2' }]);
    expect(Math.abs((listed[0]?.size ?? 0) - PLAN.content.length)).toBeLessThan(60);
  });

  test('R3 the second visit asks for the list and for nothing else', async () => {
    await using acme = await office();
    for (const subject of ['one', 'two']) {
      const intent = { text: 'x'.repeat(10_000) };
      await acme.dovecot.deliver('ana', 'INBOX', fromJill(subject, intent));
    }
    const ana = await acme.connectAna();
    await ana.visit();
    expect(await ana.visit()).toMatchObject({ logged: 0, skipped: 0, failed: 0 });
    expect(acme.sessions.map((session) => session.octets().received > 1000)).toEqual([true, false]);
    await ana.reconcile();
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('three'));
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    const logged = (await acme.engagements()).map(([subject]) => subject);
    expect(new Set(logged)).toEqual(new Set(['one', 'two', 'three']));
    expect(logged).toHaveLength(3);
  });

  test('R3 what was removed is no trouble, and what arrives afterwards is new', async () => {
    await using acme = await office();
    for (const subject of ['one', 'two']) {
      await acme.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const ana = await acme.connectAna();
    await ana.visit();
    acme.empty();
    expect(await ana.visit()).toMatchObject({ logged: 0, failed: 0 });
    expect(await ana.reconcile()).toMatchObject({ onServer: 0, missing: 0 });
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('three'));
    expect(await ana.visit()).toMatchObject({ logged: 1, checkpoint: { INBOX: { lastUid: 3 } } });
  });

  test('R3 a batch is read on one connection, portion by portion', async () => {
    await using acme = await office();
    for (let n = 0; n < 5; n += 1) {
      await acme.dovecot.deliver('ana', 'INBOX', fromJill(`message ${n}`));
    }
    const ana = await acme.connectAna();
    expect(await ana.visit({ batchSize: 2 })).toMatchObject({ logged: 5 });
    expect(acme.pipeline.logins()).toBe(1);
  });

  test('R3 by default nothing older than the connection is filed', async () => {
    await using acme = await office();
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    for (const [subject, hours] of [
      ['old', 20],
      ['older', 24 * 90],
    ] as const) {
      await acme.dovecot.deliver('ana', 'INBOX', fromJill(subject, { date: hoursAgo(hours) }));
    }
    const ana = await acme.connectAna({});
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('new', { date: new Date() }));
    await ana.visit();
    const logged = (await acme.verdicts()).filter(([, verdict]) => verdict === 'logged');
    expect(logged).toEqual([['new', 'logged']]);
  });

  test('R40 all messages under new names: nothing twice, nothing downloaded again', async () => {
    await using acme = await office();
    for (let n = 0; n < 12; n += 1) {
      await acme.dovecot.deliver('ana', 'INBOX', fromJill(`message ${n}`));
    }
    const ana = await acme.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 12 });
    const known = await acme.db.select().from(tables.pop3Messages);
    for (const { uidl } of known) {
      await acme.db
        .update(tables.pop3Messages)
        .set({ uidl: `renamed-${uidl}` })
        .where(eq(tables.pop3Messages.uidl, uidl));
    }
    expect(await ana.visit()).toMatchObject({
      ...{ logged: 0, skipped: 12, failed: 0, checkpoint: { INBOX: { uidValidity: '13' } } },
    });
    const second = (await decisionsOf(acme.pipeline)).slice(12);
    expect(second.map(({ reason }) => reason)).toEqual(Array(12).fill('duplicate'));
    expect(await acme.engagements()).toHaveLength(12);
  });

  test('R40 the same message in a mailbox that is read by IMAP is one engagement', async () => {
    await using acme = await office();
    const message = fromJill('To both', { to: ['ana@acme.example', 'ben@acme.example'] });
    for (const user of ['ana', 'ben']) await acme.dovecot.deliver(user, 'INBOX', message);
    await (await acme.connectAna()).visit();
    await (await acme.connectBen()).visit();
    expect(await acme.engagements()).toHaveLength(1);
  });
});
