import { afterAll, beforeAll, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import type { TestMailbox } from '../../support/pipeline.ts';
import { presetOffice, type PresetOffice } from '../../support/preset-office.ts';

/** Mago: contacts are entered by hand, and mail finds them. */
let office: PresetOffice;
let ana: TestMailbox;

const OUT = { folder: 'Sent', from: 'ana@acme.example' };
const NEW = 'new@customer.example';

beforeAll(async () => {
  office = await presetOffice('performer');
  await office.pipeline.addContact('Kim', ['kim@two.example', 'kim@home.example']);
  await office.deliver('before the connection', { daysAgo: 0.1 });
  ana = await office.connect();
  await office.deliver('1:00', { from: NEW });
  await office.deliver('known');
  await office.deliver('alternate address', { from: 'kim+crm@home.example' });
  await office.deliver('sent', { ...OUT, to: 'jill@customer.example' });
  await office.deliver('sent to both', { ...OUT, to: ['jo@else.example', 'kim@two.example'] });
  await office.deliver('sent to a stranger', { ...OUT, to: NEW });
  await office.deliver('customer in copy', { from: NEW, cc: 'jill@customer.example' });
  await office.deliver('filed away', { folder: 'Archive' });
  // 1:05.
  await ana.visit();
});
afterAll(() => office[Symbol.asyncDispose]());

test('R4 mail at 1:00, visit at 1:05, contact at 1:10: not logged; the next one is', async () => {
  expect((await office.verdicts())['1:00']).toBe('unknown_sender');
  // 1:10.
  const contactId = await office.pipeline.addContact('New', [NEW], [office.customer]);
  await office.deliver('1:12', { from: NEW });
  // 1:20.
  expect(await ana.visit()).toMatchObject({ logged: 1, skipped: 0 });
  expect(await office.verdicts()).toMatchObject({ '1:00': 'unknown_sender', '1:12': 'logged' });
  const links = await office.db.select().from(tables.engagementContacts);
  expect(links.filter((link) => link.contactId === contactId)).toHaveLength(1);
});

test('R24, R32 nobody becomes a contact by writing or being written to, known domain or not', async () => {
  expect(await office.verdicts()).toMatchObject({
    ...{ 'sent to a stranger': 'unknown_recipients', 'customer in copy': 'unknown_sender' },
  });
  expect(await office.madeContacts()).toEqual([]);
  expect(await office.evidence('1:00')).toMatchObject({ sender: NEW });
});

test('R7, R15 sent mail and other addresses of a contact are logged, without any Bcc', async () => {
  expect(await office.verdicts()).toMatchObject({
    ...{ known: 'logged', 'alternate address': 'logged' },
    ...{ sent: 'logged', 'sent to both': 'logged' },
  });
});

test('R2, R3 neither what was there before nor what lies in other folders', async () => {
  const verdicts = await office.verdicts();
  expect(verdicts['before the connection']).toBe('before_start');
  expect(verdicts).not.toHaveProperty('filed away');
});

test('R1 a few visits per hour, and no standing connection', async () => {
  const request = {
    mailboxId: ana.id,
    seq: 9,
    nonce: 'n',
    checkpoint: {},
    batchSize: 1,
    jitter: 0,
  };
  const { pollEveryMs } = await office.pipeline.activities.fetchNew(request);
  expect(pollEveryMs).toBe(15 * 60_000);
});
