import { eq } from 'drizzle-orm';
import type { MailLogin } from '../../../api/context.ts';
import { openTokens } from '../../../drizzle/credentials.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import type { OAuthTokens } from '../../../domain/authorization.ts';
import { testServer } from '../../../mail/probe.ts';
import { startTestProvider, type TestProvider } from '../../support/oauth-provider.ts';
import { startTestApi, type TestApi } from './harness.ts';
import { Browser, PUBLIC_URL, startAuthorization } from './oauth-browser.ts';

export const ANA = 'ana@gmail.com';
export const BEN = 'ben@contoso.example';
export const SHARED = 'info@contoso.example';

interface ReadPage {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

/** The API, a provider and a mail server that takes the provider's tokens. */
export interface OAuthStage extends AsyncDisposable {
  readonly api: TestApi;
  readonly provider: TestProvider;
  /** Logins that were tried, since `reset`. */
  readonly tried: MailLogin[];
  /** What people have read at the end of their way. */
  readonly pages: string[];
  reset(): Promise<void>;
  /** Where a login goes on that begins without complaint. */
  begin(input?: object): Promise<string>;
  /** The whole way; what the person reads at its end. */
  goThrough(input?: object): Promise<ReadPage>;
  mailboxOf(address: string): Promise<typeof tables.mailboxes.$inferSelect | undefined>;
  tokensOf(mailboxId: string, version?: number): Promise<OAuthTokens>;
}

export async function startOAuthStage(): Promise<OAuthStage> {
  const stack = new AsyncDisposableStack();
  const provider = stack.use(await startTestProvider());
  const users = [ANA, BEN, SHARED].map((user) => ({ user, password: 'not-for-us' }));
  const dovecot = stack.use(await provider.startDovecot(users));
  const tried: MailLogin[] = [];
  const pages: string[] = [];
  const api = stack.use(
    await startTestApi({
      publicUrl: PUBLIC_URL,
      oauth: {
        google: provider.client('google', PUBLIC_URL),
        microsoft: provider.client('microsoft', PUBLIC_URL),
      },
      // As at the provider, on another host; mailboxes with passwords are of no interest here.
      testLogin: (login) => {
        tried.push(login);
        const port = login.protocol === 'pop3' ? dovecot.pop3Port : dovecot.imapPort;
        const here = { host: 'localhost', port, security: 'none' } as const;
        if (login.accessToken !== undefined) {
          return testServer({ ...login, ...here }, { allowLocal: true });
        }
        return Promise.resolve({ folders: [], capabilities: [], messages: null });
      },
    }),
  );
  const { db } = api.database;
  const begin = async (input: object = { provider: 'GOOGLE', address: ANA }) => {
    const { authorizationUrl, userErrors } = await startAuthorization(api, input);
    if (authorizationUrl === null) throw new Error(JSON.stringify(userErrors));
    return authorizationUrl;
  };
  return {
    ...{ api, provider, tried, pages, begin },
    async reset() {
      Object.assign(provider, { account: ANA, isNamed: true, trouble: null, refusal: null });
      tried.length = 0;
      api.orchestrator.reset();
      await db.delete(tables.mailboxes);
      await db.delete(tables.oauthRequests);
    },
    async goThrough(input) {
      const browser = new Browser(api);
      const page = await browser.read(await browser.consent(await begin(input)));
      pages.push(page.html);
      return page;
    },
    async mailboxOf(address) {
      const isIt = eq(tables.mailboxes.address, address);
      return (await db.select().from(tables.mailboxes).where(isIt))[0];
    },
    async tokensOf(mailboxId, version = 1) {
      const rows = await db.select().from(tables.mailboxCredentials);
      const row = rows.find((each) => each.mailboxId === mailboxId && each.version === version);
      const { workspaceId } = api.acme;
      return openTokens(api.vault, { workspaceId, mailboxId }, row?.envelope ?? Buffer.of());
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
