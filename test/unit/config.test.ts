import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ConfigError, ENVIRONMENT, loadConfig, Secret } from '../../config.ts';

const VALID = {
  DATABASE_URL: 'postgres://mailroom:hunter2@localhost/mailroom',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
};
const NAMES = Object.keys(ENVIRONMENT.shape).toSorted();
const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** One chapter of a Markdown file. */
function section(text: string, title: string): string {
  return text.split(/^## /m).find((chapter) => chapter.startsWith(title)) ?? '';
}

describe('the environment', () => {
  test('has a default for everything but the database and the key', () => {
    const config = loadConfig(VALID);
    expect(config.http).toEqual({
      ...{ host: '127.0.0.1', port: 4000, allowedOrigins: [], isIntrospectable: true },
      ...{ requestTimeoutMs: 30_000, requestsPerSecond: 100 },
    });
    expect(config.temporal).toMatchObject({
      connection: { address: '127.0.0.1:7233' },
      ...{ namespace: 'default', taskQueue: 'mailroom' },
    });
    expect(config.mail.allowLocalServers).toBe(false);
  });

  test('Temporal is found by the standard variables', () => {
    const { temporal } = loadConfig({
      ...VALID,
      ...{ TEMPORAL_ADDRESS: 'temporal.example:7233', TEMPORAL_NAMESPACE: 'mail' },
    });
    expect(temporal).toMatchObject({
      ...{ connection: { address: 'temporal.example:7233' }, namespace: 'mail' },
    });
  });

  test('all problems are told at once, with the names and without the values', () => {
    const wrong = { DATABASE_URL: 'mysql://hunter2', ENCRYPTION_KEY: 'c2hvcnQ=', PORT: '99999' };
    const problem = (() => {
      try {
        return loadConfig(wrong);
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toBeInstanceOf(ConfigError);
    for (const name of Object.keys(wrong)) expect(String(problem)).toContain(name);
    expect(String(problem)).not.toMatch(/hunter2|c2hvcnQ|99999/);
  });

  test('R50 an OAuth client is registered with the address that browsers know', () => {
    const google = { OAUTH_GOOGLE_CLIENT_ID: 'id', OAUTH_GOOGLE_CLIENT_SECRET: 'hunter2' };
    const PUBLIC_URL = 'https://mail.acme.example/crm/';
    const { oauth, publicUrl } = loadConfig({ ...VALID, ...google, PUBLIC_URL });
    expect(publicUrl).toBe('https://mail.acme.example/crm');
    const redirectUri = 'https://mail.acme.example/crm/oauth/callback';
    expect(oauth).toMatchObject({ google: { provider: 'google', clientId: 'id', redirectUri } });
    expect(oauth.google?.clientSecret.reveal()).toBe('hunter2');
    expect(inspect(oauth)).not.toContain('hunter2');
    expect(oauth.microsoft).toBeUndefined();
    expect(loadConfig({ ...VALID, PORT: '81' }).publicUrl).toBe('http://127.0.0.1:81');
  });

  test.each([
    [{ OAUTH_GOOGLE_CLIENT_ID: 'id' }, 'OAUTH_GOOGLE_CLIENT_SECRET'],
    [{ OAUTH_MICROSOFT_CLIENT_SECRET: 'hunter2' }, 'OAUTH_MICROSOFT_CLIENT_SECRET'],
    [{ PUBLIC_URL: 'http://mail.acme.example' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'http://127.0.0.1.evil.example' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'http://localhost:1@evil.example' }, 'PUBLIC_URL'],
    [{ OAUTH_GOOGLE_TOKEN_URL: 'http://evil.example/token' }, 'OAUTH_GOOGLE_TOKEN_URL'],
  ])('secrets of OAuth travel whole and encrypted: %j', (wrong, name) => {
    expect(() => loadConfig({ ...VALID, ...wrong })).toThrow(name);
  });

  test('origins are told as browsers send them', () => {
    const ALLOWED_ORIGINS = 'https://crm.acme.example, http://localhost:5173,';
    expect(loadConfig({ ...VALID, ALLOWED_ORIGINS }).http.allowedOrigins).toEqual([
      ...['https://crm.acme.example', 'http://localhost:5173'],
    ]);
    for (const wrong of ['*', 'null', 'crm.acme.example', 'https://a.example/', 'https://a:443']) {
      expect(() => loadConfig({ ...VALID, ALLOWED_ORIGINS: wrong }), wrong).toThrow('ORIGINS');
    }
  });

  test('secrets do not show themselves', () => {
    const secret = new Secret('hunter2');
    const shown = [JSON.stringify({ secret }), inspect({ secret }), inspect(loadConfig(VALID))];
    for (const text of shown) expect(text).not.toContain('hunter2');
    expect(secret.reveal()).toBe('hunter2');
  });
});

test.each(['.env.example', 'docs/operations.md'])(
  '%s names every variable and no other',
  (file) => {
    const named = file.endsWith('.md')
      ? [...section(read(file), 'Environment').matchAll(/^\| `([A-Z_]+)`/gm)]
      : [...read(file).matchAll(/^#? ?([A-Z_]+)=/gm)];
    // Read by `npm start` only, which sets the others for API and worker.
    const local = ['LOCAL_DIR', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT'];
    const names = named.map(([, name]) => name).filter((name) => !local.includes(name ?? ''));
    expect(names.toSorted()).toEqual(NAMES);
  },
);
