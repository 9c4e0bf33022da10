import { afterAll, beforeAll, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import { findUnwatched, stillWatchable } from '../../../drizzle/watches.ts';
import type { TestMailbox } from '../../support/pipeline.ts';
import { presetOffice, type PresetOffice } from '../../support/preset-office.ts';

/** Salesmate: two months back, the inbox, and at once. */
let office: PresetOffice;
let ana: TestMailbox;

beforeAll(async () => {
  office = await presetOffice('sales');
  await office.deliver('61 days', { daysAgo: 61 });
  await office.deliver('59 days', { daysAgo: 59 });
  await office.deliver('59 days, filed away', { folder: 'Archive', daysAgo: 59 });
  await office.deliver('yesterday', { daysAgo: 1, from: 'nora@customer.example' });
  ana = await office.connect();
  await office.deliver('now');
  await office.deliver('stranger', { from: 'jo@else.example' });
  await office.deliver('moved away before the visit', { folder: 'Customers' });
  await office.deliver('sent by another program', {
    ...{ folder: 'Sent', from: 'ana@acme.example', to: 'jill@customer.example' },
  });
  await ana.visit();
});
afterAll(() => office[Symbol.asyncDispose]());

test('R3 60 days of history, to the day', async () => {
  const verdicts = await office.verdicts();
  expect(verdicts).toMatchObject({ '59 days': 'logged', yesterday: 'logged', now: 'logged' });
  expect(verdicts['61 days'] ?? 'before_start').toBe('before_start');
});

test('R2 the inbox alone: what was moved away, or sent, is not looked at', async () => {
  expect(Object.keys(await office.verdicts()).sort()).toEqual(
    expect.not.arrayContaining([
      ...['59 days, filed away', 'moved away before the visit', 'sent by another program'],
    ]),
  );
  await office.deliver('moved back', { folder: 'INBOX' });
  expect(await ana.visit()).toMatchObject({ logged: 1 });
});

test('R24, R30 strangers are skipped, people at the domain of an account become contacts', async () => {
  expect(await office.verdicts()).toMatchObject({ stranger: 'unknown_sender' });
  expect((await office.madeContacts()).map(({ address }) => address)).toEqual([
    'nora@customer.example',
  ]);
});

test('R1 a connection is held open for push, unless the workspace or the mailbox says no', async () => {
  const { db } = office;
  await db.update(tables.mailboxes).set({ state: 'watching' });
  await db.delete(tables.mailboxLeases);
  const wanted = async () =>
    (await findUnwatched(db, 9)).map(({ id, policy }) => [id, policy.push]);
  expect(await wanted()).toEqual([[ana.id, true]]);
  expect(await stillWatchable(db, [ana.id])).toEqual(new Set([ana.id]));
  await office.choose({ push: false });
  expect([await wanted(), (await stillWatchable(db, [ana.id])).size]).toEqual([[], 0]);
  await db.update(tables.mailboxes).set({ policy: { push: true } });
  expect(await wanted()).toEqual([[ana.id, true]]);
});

test('R3 the same mailbox follows when the workspace becomes a shop: the older mail is read too', async () => {
  await office.choose({ history: { mode: 'all' }, folders: { mode: 'inbox_and_sent' } });
  await ana.visit();
  expect(await office.verdicts()).toMatchObject({
    ...{ '61 days': 'logged', 'sent by another program': 'logged' },
  });
});
