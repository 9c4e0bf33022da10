import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './harness.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({}, { requestsPerSecond: 1, allowedOrigins: ['https://crm.example'] });
});
afterAll(() => api[Symbol.asyncDispose]());

test('a token that asks too often waits, whatever it asks for, and nobody else does', async () => {
  const headers = { authorization: `Bearer ${api.acme.token}`, origin: 'https://crm.example' };
  for (let n = 0; n < 5; n += 1) {
    expect((await api.ask('{ viewer { id } }')).status).toBe(200);
  }
  for (const path of ['/graphql?query={viewer{id}}', '/attachments/x/1']) {
    const refused = await fetch(`${api.url}${path}`, { headers });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    // A script can see why.
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://crm.example');
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', limit: 1, retryAfterSeconds: 1 } }],
    });
  }
  expect((await api.ask('{ viewer { id } }', {}, api.rival)).status).toBe(200);
  expect((await fetch(`${api.url}/healthz`, { headers })).status).toBe(200);
  expect(api.logged.join('')).not.toContain(api.acme.token);
});
