import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idOf } from '../../api/ids.ts';
import { openTokens } from '../../drizzle/credentials.ts';
import * as tables from '../../drizzle/schema/index.ts';
import { createVault } from '../../drizzle/vault.ts';
import { aMessage } from '../../local/demo/build.ts';
import { Browser, PUBLIC_URL } from '../integration/api/oauth-browser.ts';
import { CLIENT_SECRET, startTestProvider, type TestProvider } from '../support/oauth-provider.ts';
import { anOffice, type Office } from '../support/office.ts';

const ANA = 'ana@acme.example';

/** One story, told in order: a mailbox that is opened with what its provider grants. */
describe('a mailbox without a password', () => {
  let provider: TestProvider;
  let office: Office;
  let mailboxId: string;
  const secrets: string[] = [CLIENT_SECRET];

  beforeAll(async () => {
    provider = await startTestProvider();
    provider.account = ANA;
    const { clientId, authorizeUrl = '', tokenUrl = '' } = provider.client('google', PUBLIC_URL);
    const client = {
      ...{ OAUTH_GOOGLE_CLIENT_ID: clientId, OAUTH_GOOGLE_CLIENT_SECRET: CLIENT_SECRET },
      ...{ OAUTH_GOOGLE_AUTHORIZE_URL: authorizeUrl, OAUTH_GOOGLE_TOKEN_URL: tokenUrl },
    };
    const users = [{ user: ANA, password: 'secret' }];
    office = await anOffice({ ...client, PUBLIC_URL }, () => provider.startDovecot(users));
    await office.addCustomer('Jill', 'customer.example', ['jill@customer.example']);
  });
  afterAll(async () => {
    await office[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
  });

  const deliver = async (subject: string) => {
    const message = { from: 'jill@customer.example', to: ANA, subject, text: 'Hello' };
    await office.dovecot.deliver(ANA, 'INBOX', aMessage(message));
    await office.command('syncMailboxNow', mailboxId);
  };
  const arrives = (...subjects: string[]) =>
    expect.poll(() => office.subjects(), { timeout: 30_000, interval: 100 }).toEqual(subjects);
  /** What the product holds for the mailbox, opened with its own key. */
  async function tokens() {
    const { db } = office.product.database;
    const vault = createVault(Buffer.from(office.product.env['ENCRYPTION_KEY'] ?? '', 'base64'));
    const rows = await db.select().from(tables.mailboxCredentials);
    const [row] = rows.toSorted((a, b) => b.version - a.version);
    const owner = {
      workspaceId: row?.workspaceId ?? '',
      mailboxId: idOf('Mailbox', mailboxId) ?? '',
    };
    const held = openTokens(vault, owner, row?.envelope ?? Buffer.of());
    secrets.push(held.accessToken, held.refreshToken);
    return held;
  }

  test('R53 consent takes the place of a password, and mail is filed', async () => {
    const imap = { host: '127.0.0.1', port: office.dovecot.imapPort, security: 'NONE' };
    const { connectMailbox } = await office.product.graphql<{
      connectMailbox: { mailbox: { id: string } };
    }>(
      `mutation ($input: ConnectMailboxInput!) { connectMailbox(input: $input) { mailbox { id } } }`,
      { input: { address: ANA, imap: { ...imap, username: ANA, password: 'secret' } } },
    );
    mailboxId = connectMailbox.mailbox.id;
    // Gmail is somewhere else: a mailbox that is there keeps its server.
    await office.product.database.db.update(tables.mailboxes).set({ provider: 'gmail' });
    const { startMailboxAuthorization } = await office.product.graphql<{
      startMailboxAuthorization: { authorizationUrl: string };
    }>(
      `mutation ($input: StartMailboxAuthorizationInput!) {
        startMailboxAuthorization(input: $input) { authorizationUrl } }`,
      { input: { provider: 'GOOGLE', mailboxId } },
    );
    const browser = new Browser({ url: office.product.url.replace('/graphql', '') });
    const back = await browser.consent(startMailboxAuthorization.authorizationUrl);
    const page = await browser.read(back);
    expect([page.status, page.html]).toEqual([200, expect.stringContaining('connected again')]);
    expect(provider.holderOf((await tokens()).accessToken)).toBe(ANA);
    await deliver('Quokka');
    await arrives('Quokka');
  });

  test('R55 a token that was ended early costs one refresh and no person', async () => {
    const before = await tokens();
    provider.revoke(before.accessToken);
    await deliver('Narwhal');
    await arrives('Narwhal', 'Quokka');
    const after = await tokens();
    expect(after.refreshToken).not.toBe(before.refreshToken);
    await office.untilState(mailboxId, 'WATCHING');
  });

  test('R55 a provider out of order is waited for; access taken back asks for reconnection', async () => {
    provider.revoke((await tokens()).accessToken);
    provider.trouble = { status: 500, body: { error: 'server_error' } };
    await deliver('Ocelot');
    await office.untilState(mailboxId, 'BACKING_OFF');
    expect((await office.mailbox(mailboxId)).lastError?.code).toBe('SERVER_UNAVAILABLE');
    provider.trouble = { status: 400, body: { error: 'invalid_grant' } };
    await office.command('syncMailboxNow', mailboxId);
    await office.untilState(mailboxId, 'NEEDS_RECONNECTION');
    expect((await office.mailbox(mailboxId)).lastError?.code).toBe('AUTHENTICATION_FAILED');
  });

  test('no log line holds a token, a code or a secret', () => {
    const { logDir } = office.product;
    const logs = readdirSync(logDir).map((file) => readFileSync(join(logDir, file), 'utf8'));
    const all = logs.join('\n');
    expect(all).toContain('"responseCode":"invalid_grant"');
    const sent = provider.asked.flatMap((form) => [form['code'], form['code_verifier']]);
    for (const secret of [...secrets, ...sent.filter((value) => value !== undefined)]) {
      expect(all).not.toContain(secret);
    }
  });
});
