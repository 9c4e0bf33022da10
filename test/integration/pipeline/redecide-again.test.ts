import { describe, expect, test } from 'vitest';
import { replaceSkips } from '../../../drizzle/redecision-scope.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { failureTypeOf } from '../../support/pipeline.ts';
import {
  anOffice,
  BOTH,
  decided,
  fromJoe,
  JOE,
  ON,
  sightingOf,
} from '../../support/redecide-office.ts';
import { lookAgain, oneBatch, requested } from '../../support/redecisions.ts';

describe('R41 a second look may run twice and die anywhere', () => {
  test('beside a visit that files the same message, and twice at once: one engagement, counted once', async () => {
    let hindered = 1;
    await using office = await anOffice(() => {
      hindered -= 1;
      return hindered === 0 ? Promise.reject(new Error('worker died')) : Promise.resolve();
    });
    const ana = await office.connectAna(ON);
    const raw = fromJoe('offer', BOTH);
    await office.dovecot.deliver('ana', 'INBOX', raw);
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('second'));
    await ana.visit();
    const unknown = await office.db.select().from(tables.unknownCorrespondents);
    await office.pipeline.addContact('Joe', [JOE]);
    await office.dovecot.deliver('ben', 'INBOX', raw);
    const ben = await office.connectBen();
    const redecisionId = await requested(office.pipeline, 'contact', { addresses: [JOE] });
    await office.pipeline.activities.planRedecision({ redecisionId });
    const [visit, ...batches] = await Promise.all([
      ben.visit(),
      oneBatch(office.pipeline, redecisionId, ana.id),
      oneBatch(office.pipeline, redecisionId, ana.id),
    ]);
    expect(visit).toMatchObject({ logged: 1 });
    expect(batches.reduce((sum, { logged }) => sum + logged, 0)).toBe(2);
    expect(await decided(office, ana.id)).toEqual({ offer: 'logged', second: 'logged' });
    expect(await office.db.$count(tables.engagements)).toBe(2);
    const [row] = await office.db.select().from(tables.redecisions);
    expect(row).toMatchObject({ logged: 2 });
    // Deciding again makes nobody more unknown.
    const counts = (rows: typeof unknown) => rows.map(({ messages }) => messages);
    expect(counts(await office.db.select().from(tables.unknownCorrespondents))).toEqual(
      counts(unknown),
    );
  });

  test('a mailbox that is paused or refused is left alone, unless a person asks for one message', async () => {
    await using office = await anOffice();
    const ana = await office.connectAna(ON);
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('offer'));
    await ana.visit();
    await office.pipeline.addContact('Joe', [JOE]);
    const set = (columns: Partial<typeof tables.mailboxes.$inferInsert>) =>
      office.db.update(tables.mailboxes).set(columns);
    const logins = office.pipeline.logins();
    const redecisionId = await requested(office.pipeline, 'contact', { addresses: [JOE] });
    await office.pipeline.activities.planRedecision({ redecisionId });
    const fails = async () => failureTypeOf(oneBatch(office.pipeline, redecisionId, ana.id));
    await set({ state: 'needs_reconnection' });
    expect(await fails()).toBe('mailbox_not_active');
    await set({ state: 'paused', desiredState: 'paused' });
    expect(await fails()).toBe('mailbox_not_active');
    expect(office.pipeline.logins()).toBe(logins);
    const sightingIds = [await sightingOf(office, ana.id, 'offer')];
    const asked = await lookAgain(office.pipeline, 'message', { sightingIds });
    expect([asked.plan.isUrgent, asked.row.logged]).toEqual([true, 1]);
    await set({ disconnectedAt: new Date() });
    expect(await fails()).toBe('mailbox_gone');
  });

  test('one that is disconnected, or files the message itself meanwhile, has the last word', async () => {
    let meanwhile = () => Promise.resolve();
    await using office = await anOffice(() => meanwhile());
    const ana = await office.connectAna(ON);
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('offer'));
    await ana.visit();
    await office.pipeline.addContact('Joe', [JOE]);
    const redecisionId = await requested(office.pipeline, 'contact', { addresses: [JOE] });
    const disconnect = (disconnectedAt: Date | null) =>
      office.db.update(tables.mailboxes).set({ disconnectedAt });
    meanwhile = async () => {
      await disconnect(new Date());
    };
    expect(await failureTypeOf(oneBatch(office.pipeline, redecisionId, ana.id))).toBe(
      'mailbox_gone',
    );
    expect(await office.db.$count(tables.engagements)).toBe(0);
    // What is not skipped any more is not ours to change.
    await disconnect(null);
    meanwhile = () => Promise.resolve();
    const id = await sightingOf(office, ana.id, 'offer');
    await oneBatch(office.pipeline, redecisionId, ana.id);
    const late = { id, messageId: null, verdict: 'failed', reason: null } as const;
    const replaced = await replaceSkips(office.db, [{ ...late, evidence: {}, engagementId: null }]);
    expect([replaced.size, await decided(office, ana.id)]).toEqual([0, { offer: 'logged' }]);
  });
});

test('R20, R4 a removed entry of the blacklist is about its domain, those below it, and nothing beside it', async () => {
  await using office = await anOffice();
  const ana = await office.connectAna(ON);
  await office.pipeline.blacklist('two.example');
  for (const from of ['joe@two.example', 'joe@mail.two.example', 'joe@notwo.example']) {
    await office.dovecot.deliver('ana', 'INBOX', fromJoe(from, { from }));
  }
  await office.pipeline.addContact('Joe', ['joe@mail.two.example', 'joe@notwo.example']);
  await ana.visit();
  await office.db.delete(tables.blacklistEntries);
  const domains = ['two.example'] as never[];
  const exact = await lookAgain(office.pipeline, 'account_domain', { domains });
  expect(exact.row.total).toBe(0);
  const { row } = await lookAgain(office.pipeline, 'blacklist', { domains, subdomains: true });
  expect(row).toMatchObject({ total: 2, done: 2, logged: 1 });
  expect(await decided(office, ana.id)).toEqual({
    ...{ 'joe@two.example': 'unknown_sender', 'joe@mail.two.example': 'logged' },
    'joe@notwo.example': 'logged',
  });
  // R34: it is unknown now, so it stands on the review list, once, however often it is decided again.
  expect((await lookAgain(office.pipeline, 'account_domain', { domains })).row.done).toBe(1);
  const review = await office.db.select().from(tables.unknownCorrespondents);
  expect(review.map(({ address: who, messages }) => [who, messages])).toEqual([
    ['joe@two.example', 1],
  ]);
});
