import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import { decisionsOf } from '../../support/pipeline.ts';
import {
  anOffice,
  BOTH,
  decided,
  engagementsOf,
  fromJoe,
  JOE,
  ON,
  seedOf,
  resultOf,
  sightingOf,
  type Office,
} from '../../support/redecide-office.ts';
import { lookAgain, oneBatch, requested } from '../../support/redecisions.ts';
import { fromJill } from '../../support/two-mailboxes.ts';

describe('R4 a contact that is made after its mail was decided', () => {
  test('pulls it in under ON, once, as if it had been there; under OFF only the next mail is logged', async () => {
    await using office = await anOffice();
    const ana = await office.connectAna(ON);
    const ben = await office.connectBen();
    const content = { ...BOTH, text: 'ten crates', html: '<p>ten <b>crates</b></p>' };
    const both = fromJoe('offer', content);
    await office.dovecot.deliver('ana', 'INBOX', both);
    await office.dovecot.deliver('ben', 'INBOX', both);
    await office.dovecot.deliver(
      'ana',
      'INBOX',
      fromJoe('tagged', { from: 'joe+news@two.example' }),
    );
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('list', { headers: { 'List-Id': 'x' } }));
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('other', { from: 'joel@two.example' }));
    await ana.visit();
    await ben.visit();
    expect(office.downloads).toEqual([]);

    const account = await office.pipeline.addAccount('Two Ltd');
    const joe = await office.pipeline.addContact('Joe', [JOE], [account]);
    const { plan, row } = await lookAgain(
      office.pipeline,
      'contact',
      { addresses: [JOE] },
      { limit: 1 },
    );
    expect(plan).toEqual({ total: 2, mailboxIds: [ana.id], isUrgent: false, inFlight: 0 });
    expect(row).toMatchObject({ state: 'finished', total: 2, done: 2, logged: 2 });
    expect(office.downloads).toEqual([1, 1]);
    expect(await decided(office, ana.id)).toEqual({
      ...{ offer: 'logged', tagged: 'logged', list: 'bulk', other: 'unknown_sender' },
    });
    expect(await decided(office, ben.id)).toEqual({ offer: 'unknown_sender' });
    const { rows, contacts, accounts } = await engagementsOf(office);
    expect(rows.map(({ subject, direction }) => [subject, direction]).toSorted()).toEqual([
      ['offer', 'incoming'],
      ['tagged', 'incoming'],
    ]);
    expect(contacts.map(({ contactId }) => contactId)).toEqual([joe, joe]);
    expect(accounts.map(({ accountId }) => accountId)).toEqual([account, account]);

    // Once: nothing is left of it, and the next mail goes its ordinary way.
    const again = await lookAgain(office.pipeline, 'contact', { addresses: [JOE] });
    expect(again.row).toMatchObject({ total: 0, done: 0, logged: 0 });
    await office.dovecot.deliver('ben', 'INBOX', fromJoe('next', content));
    expect(await ben.visit()).toMatchObject({ logged: 1 });
    expect(await decided(office, ben.id)).toEqual({ offer: 'unknown_sender', next: 'logged' });
    expect(await resultOf(office, 'offer')).toEqual(await resultOf(office, 'next'));

    // R34, R40: accepted whatever the policy; what another mailbox has logged is not downloaded again.
    const before = office.downloads.length;
    const accepted = await lookAgain(office.pipeline, 'accepted', { addresses: [JOE] });
    expect(accepted.row).toMatchObject({ total: 1, logged: 1 });
    expect(await decided(office, ben.id)).toMatchObject({ offer: 'logged' });
    expect(office.downloads).toHaveLength(before);
    expect(await office.db.$count(tables.engagements)).toBe(3);
  });

  test('each copy by itself: the one in Sent names those in Bcc, and marks of other copies do not count', async () => {
    await using office = await anOffice();
    const sent = {
      from: 'ana@acme.example',
      to: 'ben@acme.example',
      messageId: '<1@acme.example>',
    };
    const date = new Date('2026-11-02T10:00:00Z');
    const ben = await office.connectBen();
    const marked = { ...sent, date, headers: { 'List-Id': '<team.list.example>' } };
    await office.dovecot.deliver('ben', 'INBOX', fromJill('to all', marked));
    await ben.visit();
    const ana = await office.connectAna(ON);
    const bcc = { ...sent, date, bcc: 'joe@two.example' };
    await office.dovecot.deliver('ana', 'Sent', fromJill('to all', bcc), { flags: ['\\Seen'] });
    await ana.visit();
    expect(await decided(office, ana.id)).toEqual({ 'to all': 'unknown_recipients' });
    expect(await office.db.$count(tables.messages)).toBe(1);

    await office.pipeline.addContact('Joe', [JOE]);
    await lookAgain(office.pipeline, 'contact', { addresses: [JOE] });
    expect(await decided(office, ana.id)).toEqual({ 'to all': 'logged' });
    const sightingIds = [await sightingOf(office, ben.id, 'to all')];
    await lookAgain(office.pipeline, 'message', { sightingIds });
    expect(await decided(office, ben.id)).toEqual({ 'to all': 'internal' });
  });

  test('what is decided while it comes is waited for', async () => {
    await using office = await anOffice();
    const ana = await office.connectAna(ON);
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('on its way'));
    const { activities } = office.pipeline;
    const fetch = {
      mailboxId: ana.id,
      seq: 1,
      nonce: 'n',
      checkpoint: {},
      batchSize: 9,
      jitter: 0,
    };
    const { batchId } = await activities.fetchNew(fetch);
    const batch = { mailboxId: ana.id, batchId: batchId ?? '' };
    for (const stage of ['parse', 'classify', 'match'] as const) await activities[stage](batch);
    await office.pipeline.addContact('Joe', [JOE]);
    const redecisionId = await requested(office.pipeline, 'contact', { addresses: [JOE] });
    expect(await activities.planRedecision({ redecisionId })).toMatchObject({
      total: 0,
      inFlight: 1,
    });
    await activities.persist({ ...batch, seq: 1, isLast: true, pollEveryMs: 900_000, jitter: 0 });
    const young = { ...fetch, seq: 2, nonce: 'young' };
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('young'));
    await activities.fetchNew({ ...young, checkpoint: (await seedOf(office, ana.id)).checkpoint });
    expect(await activities.planRedecision({ redecisionId })).toMatchObject({
      total: 1,
      inFlight: 0,
    });
    expect(await oneBatch(office.pipeline, redecisionId, ana.id)).toMatchObject({ logged: 1 });
  });
});

describe('R23 deleted stays deleted, and what is gone says so', () => {
  const renumber = (office: Office) => {
    const folder = office.dovecot.mailDir('ana');
    for (const file of readdirSync(folder)) {
      if (/^dovecot(-uidlist|\.index)/.test(file)) rmSync(join(folder, file));
    }
  };
  const removeAll = (office: Office) => {
    for (const part of ['cur', 'new']) {
      const folder = join(office.dovecot.mailDir('ana'), part);
      for (const file of readdirSync(folder)) rmSync(join(folder, file));
    }
  };

  test('R23 through visits, a reconnection, a changed UIDVALIDITY and second looks; R4 what was removed says so', async () => {
    await using office = await anOffice();
    const ana = await office.connectAna(ON);
    const ben = await office.connectBen();
    const raw = fromJoe('secret', BOTH);
    await office.dovecot.deliver('ana', 'INBOX', raw);
    await office.dovecot.deliver('ben', 'INBOX', raw);
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('removed'));
    await ana.visit();
    await ben.visit();
    await office.pipeline.addContact('Joe', [JOE]);
    const sightingIds = [await sightingOf(office, ana.id, 'secret')];
    await lookAgain(office.pipeline, 'message', { sightingIds });
    await office.db.update(tables.engagements).set({ deletedAt: sql`now()`, text: '', html: null });
    const tombstone = await engagementsOf(office);

    renumber(office);
    await ana.visit();
    await ana.reconcile();
    await ana.visit({ checkpoint: {} });
    await lookAgain(office.pipeline, 'accepted', { addresses: [JOE] });
    const ids = [await sightingOf(office, ben.id, 'secret')];
    await lookAgain(office.pipeline, 'message', { sightingIds: ids });
    expect(await decided(office, ben.id)).toEqual({ secret: 'engagement_deleted' });
    const secrets = (await decisionsOf(office.pipeline)).filter(
      ({ subject }) => subject === 'secret',
    );
    expect(secrets.map(({ reason, verdict }) => reason ?? verdict).toSorted()).toEqual([
      ...['engagement_deleted', 'engagement_deleted', 'logged'],
    ]);
    const after = await engagementsOf(office);
    expect(after.rows.filter(({ subject }) => subject === 'secret')).toEqual(tombstone.rows);

    // The copy under the old numbers cannot be read any more, its twin under the new ones can: one engagement.
    const removed = (await decisionsOf(office.pipeline)).filter(
      ({ subject }) => subject === 'removed',
    );
    expect(removed.map(({ reason, verdict }) => reason ?? verdict).toSorted()).toEqual([
      ...['duplicate', 'logged'],
    ]);
  });

  test('R4 a message that was removed meanwhile, or its folder, is not logged, and the decision says it would have been', async () => {
    await using office = await anOffice();
    const ana = await office.connectAna({ ...ON, folders: { mode: 'all' } });
    await office.dovecot.deliver('ana', 'INBOX', fromJoe('removed'));
    await office.dovecot.deliver('ana', 'Old', fromJoe('with its folder'));
    await office.dovecot.deliver('ana', 'Kept', fromJoe('kept'));
    await ana.visit();
    removeAll(office);
    rmSync(join(office.dovecot.mailDir('ana'), '.Old'), { recursive: true, force: true });
    rmSync(join(office.dovecot.mailDir('ana'), 'Old'), { recursive: true, force: true });
    await office.pipeline.addContact('Joe', [JOE]);
    await lookAgain(office.pipeline, 'contact', { addresses: [JOE] });
    expect(await decided(office, ana.id)).toEqual({
      ...{ removed: 'removed_on_server', 'with its folder': 'removed_on_server', kept: 'logged' },
    });
    const [gone] = (await decisionsOf(office.pipeline)).filter(
      ({ subject }) => subject === 'removed',
    );
    expect(gone?.evidence).toEqual({ otherwise: 'it would have been logged' });
  });
});
