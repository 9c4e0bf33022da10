import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { idOf } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import type { MailError } from '../../../mail/errors.ts';
import { dataOf, RIGHT_PASSWORD, startTestApi, WRONG_PASSWORD, type TestApi } from './harness.ts';
import { mailboxActions } from './mailbox-actions.ts';

const POP3 = {
  ...{ host: 'pop.gmail.com', port: 995, security: 'TLS' },
  ...{ username: 'ana', password: RIGHT_PASSWORD },
};
const IMAP = { ...POP3, host: 'imap.gmail.com', port: 993 };

let api: TestApi;
let run: ReturnType<typeof mailboxActions>['run'];
let rowOf: ReturnType<typeof mailboxActions>['rowOf'];

beforeAll(async () => {
  api = await startTestApi();
  ({ run, rowOf } = mailboxActions(api));
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => {
  api.logins.length = 0;
});

async function connected(input: object): Promise<{ mailboxId: string; id: string }> {
  const { mailbox, userErrors } = await run('connectMailbox', input);
  if (mailbox === null) throw new Error(JSON.stringify(userErrors));
  return { mailboxId: mailbox.id, id: idOf('Mailbox', mailbox.id) ?? '' };
}

test('R50 a mailbox is connected by POP3', async () => {
  const { id } = await connected({ address: 'pop@acme.example', pop3: POP3 });
  expect(api.logins).toMatchObject([{ protocol: 'pop3', host: 'pop.gmail.com', port: 995 }]);
  const { row } = await rowOf(id);
  expect(row).toMatchObject({ protocol: 'pop3', provider: 'gmail', host: 'pop.gmail.com' });
});

test('R50 IMAP stays what it was', async () => {
  const { id } = await connected({ address: 'imap@acme.example', imap: IMAP });
  expect((await rowOf(id)).row).toMatchObject({ protocol: 'imap', auth: 'password' });
});

test('R50 exactly one of both, and errors name the one that was given', async () => {
  for (const input of [{}, { imap: IMAP, pop3: POP3 }]) {
    const payload = await run('connectMailbox', { address: 'both@acme.example', ...input });
    expect(payload.userErrors).toMatchObject([{ code: 'INVALID_SETTINGS', field: ['input'] }]);
  }
  const bad = { address: 'bad@acme.example', pop3: { ...POP3, port: 0, username: '' } };
  expect((await run('connectMailbox', bad)).userErrors.map(({ field }) => field)).toEqual([
    ['input', 'pop3', 'port'],
    ['input', 'pop3', 'username'],
  ]);
});

test('R1 a pace that the provider would not tolerate is refused before any login', async () => {
  const settings = { bytesPerDay: 2_000_000_000, loginsPerHour: 1000, push: true };
  const input = { address: 'fast@acme.example', pop3: POP3, settings };
  const { userErrors } = await run('connectMailbox', input);
  expect(userErrors.map(({ code, field }) => `${code} ${String(field?.at(-1))}`)).toEqual([
    'OUT_OF_RANGE bytesPerDay',
    'OUT_OF_RANGE loginsPerHour',
    'INVALID_SETTINGS push',
  ]);
  expect(api.logins).toEqual([]);
});

test('R53 new credentials are for the protocol by which the mailbox is read', async () => {
  const { mailboxId, id } = await connected({ address: 're@acme.example', pop3: POP3 });
  const wrong = await run('reconnectMailbox', { mailboxId, imap: { password: RIGHT_PASSWORD } });
  expect(wrong.userErrors).toMatchObject([{ code: 'INVALID_SETTINGS', field: ['input', 'pop3'] }]);
  api.logins.length = 0;
  const right = await run('reconnectMailbox', { mailboxId, pop3: { password: RIGHT_PASSWORD } });
  expect(right.userErrors).toEqual([]);
  expect(api.logins).toMatchObject([{ protocol: 'pop3', host: 'pop.gmail.com' }]);
  expect((await rowOf(id)).row).toMatchObject({ protocol: 'pop3', credentialVersion: 2 });
});

test("R50 a refused login is explained in the provider's own terms", async () => {
  const reasonAt = async (host: string, protocol: 'imap' | 'pop3') => {
    const input = { [protocol]: { ...POP3, host, password: WRONG_PASSWORD } };
    const { userErrors } = await run('connectMailbox', { address: 'no@acme.example', ...input });
    return userErrors[0]?.message;
  };
  expect(await reasonAt('imap.gmail.com', 'imap')).toContain('myaccount.google.com/apppasswords');
  expect(await reasonAt('outlook.office365.com', 'pop3')).toContain(
    'Connect the mailbox with Micro',
  );
  expect(await reasonAt('mail.customer.example', 'imap')).toContain('Check the user name');
});

test('R56 the last error of a connected mailbox speaks of its provider too', async () => {
  const { mailboxId, id } = await connected({ address: 'err@acme.example', imap: IMAP });
  const lastError = { code: 'authorization_failed' satisfies MailError['kind'], at: Date.now() };
  const { db } = api.database;
  await db.update(tables.mailboxes).set({ lastError }).where(eq(tables.mailboxes.id, id));
  const document = 'query ($id: ID!) { mailbox(id: $id) { lastError { code message advice } } }';
  const mailbox = dataOf(await api.ask(document, { id: mailboxId }), 'mailbox');
  expect(mailbox).toMatchObject({
    lastError: {
      code: 'AUTHORIZATION_FAILED',
      advice: expect.stringContaining('Forwarding and POP/IMAP') as string,
    },
  });
});
