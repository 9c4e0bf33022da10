import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import type { TestMailbox } from '../../support/pipeline.ts';
import { presetOffice, type PresetOffice } from '../../support/preset-office.ts';

/** Totango: customers are contacts already, and the rules for archives say which account is meant. */
let office: PresetOffice;
let ana: TestMailbox;

beforeAll(async () => {
  office = await presetOffice('archive_only');
  const { pipeline, db } = office;
  const account = async (name: string, more: { isMarked?: boolean; parentId?: string } = {}) => {
    const id = await pipeline.addAccount(name);
    const { isMarked: defaultForArchive = false, ...parent } = more;
    await db
      .update(tables.accounts)
      .set({ defaultForArchive, ...parent })
      .where(eq(tables.accounts.id, id));
    return id;
  };
  const plain = await account('Plain');
  const later = await account('Later');
  const marked = await account('Marked', { isMarked: true });
  const alsoMarked = await account('Also marked', { isMarked: true });
  const child = await account('Child', { parentId: marked });
  await pipeline.addContact('One', ['one@a.example'], [plain]);
  const byHand = await pipeline.addContact('By hand', ['hand@b.example'], [marked, later]);
  await db
    .update(tables.contacts)
    .set({ defaultAccountId: later })
    .where(eq(tables.contacts.id, byHand));
  await pipeline.addContact('Unmarked', ['unmarked@c.example'], [plain, later]);
  await pipeline.addContact('Twice marked', ['twice@d.example'], [marked, alsoMarked]);
  await pipeline.addContact('Family', ['family@e.example'], [child, marked]);
  await office.deliver('before the connection', { from: 'one@a.example', daysAgo: 0.1 });
  ana = await office.connect();
  await office.deliver('one account', { from: 'one@a.example' });
  await office.deliver('one is marked', { from: 'hand@b.example' });
  await office.deliver('none is marked', { from: 'unmarked@c.example' });
  await office.deliver('several are marked', { from: 'twice@d.example' });
  await office.deliver('parent and child', { from: 'family@e.example' });
  await office.deliver('stranger at a known domain', { from: 'nora@customer.example' });
  await office.deliver('to a customer and a stranger', {
    ...{ folder: 'Sent', from: 'ana@acme.example', to: ['one@a.example', 'jo@else.example'] },
  });
  await ana.visit();
});
afterAll(() => office[Symbol.asyncDispose]());

test('R63 one account: that one; several: the marked one, whatever the default of the contact is', async () => {
  expect(await office.accounts()).toMatchObject({
    ...{ 'one account': ['Plain'], 'one is marked': ['Marked'] },
  });
});

test('R63 if none or several are marked: the most recent', async () => {
  expect(await office.accounts()).toMatchObject({
    ...{ 'none is marked': ['Later'], 'several are marked': ['Also marked'] },
  });
});

test('R66 parent and child that both hold the contact count as several', async () => {
  expect(await office.accounts()).toMatchObject({ 'parent and child': ['Marked'] });
});

test('R24, R32, R68 customers must be contacts already; nobody is made one', async () => {
  expect(await office.verdicts()).toMatchObject({
    ...{ 'stranger at a known domain': 'unknown_sender' },
    'to a customer and a stranger': 'logged',
  });
  expect(await office.madeContacts()).toEqual([]);
});

test('R3 nothing from before the connection', async () => {
  expect(await office.verdicts()).toMatchObject({ 'before the connection': 'before_start' });
});

test('R17 under the default rule instead, the default account of the contact is chosen', async () => {
  await office.choose({ severalAccounts: 'default_account' });
  await office.deliver('one is marked, again', { from: 'hand@b.example' });
  await ana.visit();
  expect(await office.accounts()).toMatchObject({ 'one is marked, again': ['Later'] });
});
