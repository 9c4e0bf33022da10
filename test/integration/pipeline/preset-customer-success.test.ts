import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestMailbox } from '../../support/pipeline.ts';
import { presetOffice, type PresetOffice } from '../../support/preset-office.ts';

/** Amity: customer success teams, whose accounts own domains. */
let office: PresetOffice;
let ana: TestMailbox;

const OUT = { folder: 'Sent', from: 'ana@acme.example' };

beforeAll(async () => {
  office = await presetOffice('customer_success');
  const { pipeline } = office;
  await pipeline.addAccount('Bücher', ['xn--bcher-kva.example', 'support.bigco.example']);
  await pipeline.addAccount('Freelancer', ['gmail.com']);
  const [north, south] = [await pipeline.addAccount('North'), await pipeline.addAccount('South')];
  await pipeline.addContact('Kim', ['kim@two.example', 'kim@home.example'], [north, south]);
  await pipeline.addContact('Kim as partner', ['kim@home.example'], [north]);
  await pipeline.addContact('Ana herself', ['ana@private.example', 'a.na@acme.example']);
  await pipeline.blacklist('rival.example');
  await pipeline.blacklist('lawyer@customer.example');
  await office.deliver('long before', { daysAgo: 3 });
  await office.deliver('before the connection', { daysAgo: 0.1 });
  ana = await office.connect();

  await office.deliver('known');
  await office.deliver('known domain', { from: 'Nora <nora@customer.example>' });
  await office.deliver('known domain in another script', { from: 'Öz <oz@bücher.example>' });
  await office.deliver('listed subdomain', { from: 'help@support.bigco.example' });
  await office.deliver('other ending', { from: 'jo@customer.test' });
  await office.deliver('subdomain', { from: 'jo@mail.customer.example' });
  await office.deliver('parent domain', { from: 'jo@bigco.example' });
  await office.deliver('free mail', { from: 'jo@gmail.com' });
  await office.deliver('blacklisted stranger', { from: 'lawyer@customer.example' });
  await office.deliver('blacklisted in copy', { cc: 'spy@mail.rival.example' });
  await office.deliver('alternate address', { from: 'KIM@home.example' });
  await office.deliver('colleague in copy', { cc: 'ben@acme.example' });
  await office.deliver('self test', { from: 'ana@acme.example', to: 'a.na@acme.example' });
  await office.deliver('internal', { from: 'ben@acme.example', to: 'ana@acme.example' });
  await office.deliver('personal', { headers: { Sensitivity: 'Personal' } });
  await office.deliver('confidential', { headers: { Sensitivity: 'Company-Confidential' } });
  await office.deliver('newsletter', { headers: { 'List-Unsubscribe': '<https://x.example>' } });
  await office.deliver('from another program', { ...OUT, to: 'Omar <omar@customer.example>' });
  await office.deliver('to strangers', { ...OUT, to: ['jo@else.example', 'jo@gmail.com'] });
  await office.deliver('filed away', { folder: 'Archive' });
  await ana.visit();
});
afterAll(() => office[Symbol.asyncDispose]());

test('R30 people at exactly the domain of an account become contacts of it, nobody else does', async () => {
  expect(await office.verdicts()).toMatchObject({
    ...{ known: 'logged', 'known domain': 'logged', 'listed subdomain': 'logged' },
    'known domain in another script': 'logged',
    ...{ 'other ending': 'unknown_sender', subdomain: 'unknown_sender' },
    'parent domain': 'unknown_sender',
  });
  const made = await office.madeContacts();
  expect(made.map(({ name, address }) => `${name} <${address}>`)).toEqual([
    ' <help@support.bigco.example>',
    'Nora <nora@customer.example>',
    'Omar <omar@customer.example>',
    'Öz <oz@xn--bcher-kva.example>',
  ]);
});

test('R33 such a contact says which mailbox it comes from, and lies on the account', async () => {
  const made = await office.madeContacts();
  expect(made.find(({ name }) => name === 'Nora')).toMatchObject({
    ...{ accountId: office.customer, source: { mailboxId: ana.id } },
  });
  expect(await office.accounts()).toMatchObject({ 'known domain': ['Customer Ltd'] });
});

test('R31 free mail makes nobody a contact, even when an account claims the domain', async () => {
  expect(await office.verdicts()).toMatchObject({ 'free mail': 'unknown_sender' });
});

test('R21, R31 a blacklisted participant in any place keeps the message out and becomes no contact', async () => {
  expect(await office.verdicts()).toMatchObject({
    ...{ 'blacklisted stranger': 'blacklisted', 'blacklisted in copy': 'blacklisted' },
  });
  expect(await office.evidence('blacklisted in copy')).toMatchObject({ entry: 'rival.example' });
});

test('R14-R17 an alternate address finds both contacts, each on its default account', async () => {
  expect((await office.accounts())['alternate address']).toEqual(['North', 'South']);
});

test('R10, R12 mail among ourselves stays out, and the self test is told whom it would have met', async () => {
  expect(await office.verdicts()).toMatchObject({
    ...{ 'self test': 'only_own_addresses', internal: 'internal', 'colleague in copy': 'logged' },
  });
  expect(await office.evidence('self test')).toMatchObject({ wouldHaveMatched: 'Ana herself' });
});

test('R9, R13 newsletters and personal mail stay out, confidential mail does not', async () => {
  expect(await office.verdicts()).toMatchObject({
    ...{ newsletter: 'bulk', personal: 'personal', confidential: 'logged' },
  });
});

test('R2, R7 sent mail counts like received mail; other folders are not read', async () => {
  const verdicts = await office.verdicts();
  expect(verdicts).toMatchObject({
    ...{ 'from another program': 'logged', 'to strangers': 'unknown_recipients' },
  });
  expect(verdicts).not.toHaveProperty('filed away');
});

test('R3 nothing from before the connection', async () => {
  const verdicts = await office.verdicts();
  expect(verdicts['before the connection']).toBe('before_start');
  expect(verdicts).not.toHaveProperty('long before');
});

test('R4 who becomes a contact later pulls nothing in; the next message is logged', async () => {
  await office.pipeline.addContact('Jo', ['jo@mail.customer.example'], [office.customer]);
  await office.deliver('afterwards', { from: 'jo@mail.customer.example' });
  expect(await ana.visit()).toMatchObject({ logged: 1, skipped: 0 });
  expect(await office.verdicts()).toMatchObject({
    ...{ subdomain: 'unknown_sender', afterwards: 'logged' },
  });
});
