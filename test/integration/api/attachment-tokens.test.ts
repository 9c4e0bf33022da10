import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sealTokens } from '../../../drizzle/credentials.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import type { Dovecot } from '../../../local/dovecot.ts';
import { startTestProvider, type TestProvider } from '../../support/oauth-provider.ts';
import { anAttachmentMailbox, aRawMessage, get, inBase64, octetsOf } from './attachment-mailbox.ts';
import { startTestApi, type TestApi } from './harness.ts';

const ANA = 'ana@gmail.com';
const PDF = Buffer.from('%PDF-1.7 not really');
const HOUR_MS = 3_600_000;

let api: TestApi;
let provider: TestProvider;
let dovecot: Dovecot;
let mailbox: Awaited<ReturnType<typeof anAttachmentMailbox>>;
let path: string;

beforeAll(async () => {
  [api, provider] = await Promise.all([
    startTestApi({ allowLocalServers: true }),
    startTestProvider(),
  ]);
  dovecot = await provider.startDovecot([{ user: ANA, password: 'secret' }]);
  mailbox = await anAttachmentMailbox({ api, dovecot, user: ANA });
  ({ path } = await mailbox.receive(aRawMessage([inBase64(PDF)])));
  await api.database.db.update(tables.mailboxes).set({ auth: 'google' }).where(mailbox.own);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await dovecot[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});
beforeEach(() => api.orchestrator.reset());

/** What the last visit left as the mailbox's tokens. */
async function storeTokens(accessToken: string, lifeMs: number): Promise<void> {
  const owner = { workspaceId: api.acme.workspaceId, mailboxId: mailbox.id };
  const tokens = { refreshToken: 'r', accessToken, expiresAt: Date.now() + lifeMs };
  await api.database.db
    .update(tables.mailboxCredentials)
    .set({ envelope: sealTokens(api.vault, owner, tokens) })
    .where(eq(tables.mailboxCredentials.mailboxId, mailbox.id));
}

async function codeOf(response: Response) {
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  return [response.status, response.headers.get('retry-after'), errors[0]?.extensions.code];
}

const NUDGED = () => [{ command: 'nudge', mailboxId: mailbox.id }];

test('R42 a mailbox that was connected by OAuth 2 hands its files out, too', async () => {
  await storeTokens(provider.grant(ANA).accessToken, HOUR_MS);
  expect(await octetsOf(await get(api, path))).toEqual(PDF);
  expect(api.orchestrator.told).toEqual([]);
});

test('R42 a token that ends is renewed by a visit, which comes at once', async () => {
  await storeTokens(provider.grant(ANA).accessToken, 10_000);
  expect(await codeOf(await get(api, path))).toEqual([503, '30', 'ACCESS_STALE']);
  expect(api.orchestrator.told).toEqual(NUDGED());
  expect(provider.asked).toEqual([]);
});

test('R55 refused credentials are for a visit to find out, not for the next download', async () => {
  await storeTokens('made-up', HOUR_MS);
  expect(await codeOf(await get(api, path))).toEqual([502, null, 'AUTHENTICATION_FAILED']);
  expect(api.orchestrator.told).toEqual(NUDGED());
});
