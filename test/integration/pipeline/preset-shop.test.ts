import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import type { TestMailbox } from '../../support/pipeline.ts';
import { presetOffice, type PresetOffice } from '../../support/preset-office.ts';

/** Simla: a shop, where whoever writes is a customer. */
let office: PresetOffice;
let ana: TestMailbox;

const OUT = { folder: 'Sent', from: 'ana@acme.example' };
const inbox = () =>
  ['new', 'cur'].flatMap((part) => readdirSync(join(office.dovecot.mailDir('ana'), part)));
const emails = async () => (await office.madeContacts()).map(({ address }) => address);

beforeAll(async () => {
  office = await presetOffice('shop');
  await office.pipeline.blacklist('rival.example');
  await office.deliver('years ago', { from: 'first@gmail.com', daysAgo: 1_000 });
  ana = await office.connect();
  await office.deliver('order', { from: 'Bo Buyer <bo@gmail.com>', cc: 'friend@gmail.com' });
  await office.deliver('order with a tag', { from: 'Bo <bo+shop@gmail.com>' });
  await office.deliver('at a known company', { from: 'Nora <nora@customer.example>' });
  await office.deliver('offer', { ...OUT, to: ['to@else.example', 'also@else.example'] });
  await office.deliver('blacklisted', { from: 'spy@rival.example' });
  await office.deliver('offer to a rival', { ...OUT, to: ['x@else.example', 'spy@rival.example'] });
  await office.deliver('newsletter', {
    ...{ from: 'news@shop.example', headers: { 'List-Unsubscribe': '<https://x.example>' } },
  });
  await ana.visit();
});
afterAll(() => office[Symbol.asyncDispose]());

test('R32 whoever writes becomes a contact with only the address, free mail or not', async () => {
  expect(await office.verdicts()).toMatchObject({ order: 'logged', 'order with a tag': 'logged' });
  const bo = (await office.madeContacts()).filter(({ address }) => address.startsWith('bo'));
  expect(bo).toMatchObject([
    { address: 'bo@gmail.com', name: '', accountId: null, source: { mailboxId: ana.id } },
  ]);
});

test('R32 so does everybody who is written to, and nobody who is only in copy', async () => {
  expect(await emails()).toEqual([
    ...['also@else.example', 'bo@gmail.com', 'first@gmail.com', 'nora@customer.example'],
    'to@else.example',
  ]);
});

test('R30 at the domain of an account the contact lies on it', async () => {
  expect(await office.accounts()).toEqual({ 'at a known company': ['Customer Ltd'] });
});

test('R21, R31 blacklisted people keep messages out and never become contacts', async () => {
  expect(await office.verdicts()).toMatchObject({
    ...{ blacklisted: 'blacklisted', 'offer to a rival': 'blacklisted', newsletter: 'bulk' },
  });
});

test('R3 the whole mailbox is read, however old', async () => {
  expect(await office.verdicts()).toMatchObject({ 'years ago': 'logged' });
});

test('the mailbox is left as it was: nothing is deleted or marked as read', () => {
  expect(inbox()).toHaveLength(6);
  expect(inbox().filter((file) => /:2,.*[ST]/.test(file))).toEqual([]);
});

test('R32 "create customer if not found: no" is a choice: skipped, and nothing is made', async () => {
  await office.choose({ unknownCorrespondents: 'never' });
  const before = await emails();
  await office.deliver('order by a stranger', { from: 'cy@gmail.com' });
  await office.deliver('order at a known company', { from: 'nils@customer.example' });
  await office.deliver('offer to a stranger', { ...OUT, to: 'dee@gmail.com' });
  await office.deliver('order by a customer', { from: 'bo@gmail.com' });
  await ana.visit();
  expect(await office.verdicts()).toMatchObject({
    ...{ 'order by a stranger': 'unknown_sender', 'order at a known company': 'unknown_sender' },
    ...{ 'offer to a stranger': 'unknown_recipients', 'order by a customer': 'logged' },
  });
  expect(await emails()).toEqual(before);
});

test('R32 and one mailbox may say otherwise for itself', async () => {
  await office.db.update(tables.mailboxes).set({ policy: { unknownCorrespondents: 'sent_only' } });
  await office.deliver('from a stranger', { from: 'eve@gmail.com' });
  await office.deliver('to a stranger', { ...OUT, to: 'fay@gmail.com' });
  await ana.visit();
  expect(await office.verdicts()).toMatchObject({
    ...{ 'from a stranger': 'unknown_sender', 'to a stranger': 'logged' },
  });
  expect(await emails()).toContain('fay@gmail.com');
});

test('deleting after the import is a choice: it takes what is logged from then on, nothing else', async () => {
  await office.db.update(tables.mailboxes).set({ policy: {} });
  await office.choose({ afterImport: 'delete' });
  const before = inbox().length;
  await office.deliver('order to delete', { from: 'gus@gmail.com' });
  await office.deliver('rival to keep', { from: 'spy@rival.example' });
  await ana.visit();
  expect(await office.verdicts()).toMatchObject({
    ...{ 'order to delete': 'logged', 'rival to keep': 'blacklisted' },
  });
  expect(inbox()).toHaveLength(before + 1);
});
