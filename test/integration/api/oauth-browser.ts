import { dataOf, type TestApi } from './harness.ts';

export const PUBLIC_URL = 'https://mail.acme.example';

interface Started {
  authorizationUrl: string | null;
  userErrors: { code: string; field: string[] | null; message: string }[];
}

/** Asks the API to begin a login at a provider. */
export async function startAuthorization(api: TestApi, input: object): Promise<Started> {
  const document = `mutation ($input: StartMailboxAuthorizationInput!) {
    startMailboxAuthorization(input: $input) { authorizationUrl userErrors { code field message } } }`;
  return dataOf(await api.ask(document, { input }), 'startMailboxAuthorization') as Started;
}

/** A person's browser: keeps cookies, and reaches the API under its public name, as through a proxy. */
export class Browser {
  readonly #api: Pick<TestApi, 'url'>;
  readonly #cookies = new Map<string, string>();

  constructor(api: Pick<TestApi, 'url'>) {
    this.#api = api;
  }

  async request(
    url: string,
    init: { method?: string; headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Response> {
    const isOurs = url.startsWith(`${PUBLIC_URL}/`);
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(isOurs ? url.replace(PUBLIC_URL, this.#api.url) : url, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, ...(isOurs && cookie !== '' ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  /** Presses the button of our page and consents; where the provider then sends the person. */
  async consent(startUrl: string): Promise<string> {
    const page = await (await this.request(startUrl)).text();
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    const left = await this.request(action, { method: 'POST', headers: { origin: PUBLIC_URL } });
    const atProvider = await this.request(left.headers.get('location') ?? '');
    return atProvider.headers.get('location') ?? '';
  }

  async read(url: string): Promise<{ status: number; html: string; headers: Headers }> {
    const response = await this.request(url);
    return { status: response.status, html: await response.text(), headers: response.headers };
  }
}
