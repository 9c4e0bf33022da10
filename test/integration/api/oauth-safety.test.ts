import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { takeOAuthRequest } from '../../../drizzle/oauth.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { CLIENT_SECRET, type TestProvider } from '../../support/oauth-provider.ts';
import type { TestApi } from './harness.ts';
import { Browser, PUBLIC_URL, startAuthorization } from './oauth-browser.ts';
import { ANA, BEN, startOAuthStage, type OAuthStage } from './oauth-stage.ts';

let stage: OAuthStage;
let api: TestApi;
let provider: TestProvider;

beforeAll(async () => {
  stage = await startOAuthStage();
  ({ api, provider } = stage);
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

test('R50 our page names who asks for which mailbox, runs nothing and fits in no frame', async () => {
  const { status, html, headers } = await new Browser(api).read(await stage.begin());
  expect(status).toBe(200);
  expect(html).toContain(`Let Mailroom read ${ANA}?`);
  expect(html).toContain('Admin of acme, of the workspace “acme”, asks to connect this mailbox.');
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' http:\/\/[^;]+:\d+; base-uri 'none'; frame-ancestors 'none'$/,
  );
  expect(headers.get('cache-control')).toBe('no-store');
});

test('R50 names are text on our page, whatever is in them', async () => {
  const { db } = api.database;
  const rename = (name: string) =>
    db.update(tables.users).set({ name }).where(eq(tables.users.id, api.acme.userId));
  await rename('<img src=x onerror="alert(1)">');
  const { html } = await new Browser(api).read(await stage.begin());
  await rename('Admin of acme');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;, of the workspace');
});

test('R50 the consent of one browser finishes no login that began in another', async () => {
  // The attacker begins, and gets the victim to consent: the victim's browser has not seen our page.
  const attacker = new Browser(api);
  const back = await attacker.consent(await stage.begin());
  const victim = await new Browser(api).read(back);
  expect([victim.status, victim.html]).toEqual([400, expect.stringContaining('not valid')]);
  expect(await stage.mailboxOf(ANA)).toBeUndefined();
  // It was not used up either.
  expect((await attacker.read(back)).status).toBe(200);
});

test('R50 no other site can press the button of our page', async () => {
  const start = await stage.begin();
  for (const origin of ['https://evil.example', 'null', undefined]) {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    const pressed = await new Browser(api).request(start, { method: 'POST', headers });
    expect([pressed.status, pressed.headers.getSetCookie()]).toEqual([400, []]);
  }
});

test('R50 a forged, a repeated and an expired state lead nowhere', async () => {
  const browser = new Browser(api);
  const forged = await browser.read(`${PUBLIC_URL}/oauth/callback?code=c&state=${'x'.repeat(43)}`);
  expect(forged.status).toBe(400);
  expect((await browser.read(`${PUBLIC_URL}/oauth/callback?code=c`)).status).toBe(400);
  const back = await browser.consent(await stage.begin());
  const twice = await Promise.all([browser.read(back), browser.read(back)]);
  expect(twice.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  expect((await browser.read(back)).status).toBe(400);
  const start = await stage.begin({ provider: 'MICROSOFT', address: BEN });
  const late = await browser.consent(start);
  await api.database.db
    .update(tables.oauthRequests)
    .set({ expiresAt: sql`now() - interval '1 second'` });
  expect((await browser.read(start)).status).toBe(400);
  expect((await browser.read(late)).status).toBe(400);
  expect(await api.database.db.select().from(tables.oauthRequests)).toEqual([]);
  expect(await stage.mailboxOf(BEN)).toBeUndefined();
});

test('R50 of many who come back with one state at the same moment one gets through', async () => {
  const { db } = api.database;
  for (let round = 0; round < 5; round += 1) {
    const state = new URL(await stage.begin()).searchParams.get('state') ?? '';
    const takes = Array.from({ length: 8 }, () => takeOAuthRequest(db, api.vault, state));
    expect((await Promise.all(takes)).filter((login) => login !== null)).toHaveLength(1);
  }
});

test('R50 what is stored meanwhile finishes no login: no state, no verifier in the clear', async () => {
  const browser = new Browser(api);
  const start = await stage.begin();
  const state = new URL(start).searchParams.get('state') ?? '';
  const rows = await api.database.db.select().from(tables.oauthRequests);
  await browser.read(await browser.consent(start));
  const { code_verifier: verifier = 'none' } = provider.asked.at(-1) ?? {};
  expect(rows).toHaveLength(1);
  expect(verifier).toHaveLength(43);
  expect(JSON.stringify(rows)).not.toContain(state);
  expect(rows[0]?.envelope.includes(verifier)).toBe(false);
});

test('R53 rights are asked for again when the person comes back', async () => {
  await stage.goThrough();
  const { id = '' } = (await stage.mailboxOf(ANA)) ?? {};
  const browser = new Browser(api);
  const mailboxId = toGlobalId('Mailbox', id);
  const back = await browser.consent(await stage.begin({ provider: 'GOOGLE', mailboxId }));
  await api.database.db.update(tables.mailboxes).set({ userId: null });
  await api.asMember(async () => {
    expect((await browser.read(back)).status).toBe(409);
    const again = { provider: 'GOOGLE', mailboxId };
    await expect(startAuthorization(api, again)).rejects.toThrow('FORBIDDEN');
  });
  expect(await stage.mailboxOf(ANA)).toMatchObject({ credentialVersion: 1 });
});

test('neither pages nor log lines hold a token, a code, a state or a secret', async () => {
  await stage.goThrough();
  const secrets = provider.asked.flatMap(({ code, code_verifier, refresh_token }) => [
    ...[code, code_verifier, refresh_token].filter((secret) => secret !== undefined),
  ]);
  const { id = '' } = (await stage.mailboxOf(ANA)) ?? {};
  const { accessToken, refreshToken } = await stage.tokensOf(id);
  const shown = [...api.logged, ...stage.pages].join('\n');
  expect(shown).toContain('/oauth/callback');
  for (const secret of [...secrets, accessToken, refreshToken, CLIENT_SECRET]) {
    expect(shown).not.toContain(secret);
  }
  expect(api.logged.join('\n')).not.toMatch(/state=|code=|ana@gmail/);
});
