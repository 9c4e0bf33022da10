import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What each room may import: rooms (or single files of them), then packages. `node:` stands for every builtin. This
 * is the room table of docs/architecture.md; eslint enforces the rooms, this test the packages too.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  domain: ['email-providers/all.json', 'tldts'],
  mail: [
    ...['domain/', 'node:', 'imapflow', 'libmime', 'nodemailer'],
    ...['sanitize-html', 'html-to-text', 'htmlparser2', 'ical.js'],
  ],
  drizzle: ['domain/', 'node:', 'drizzle-orm', 'postgres'],
  activities: [
    ...['domain/', 'mail/', 'drizzle/', 'config.ts', 'log.ts', 'readiness.ts', 'node:', 'pino'],
    'prom-client',
    ...['workflows/messages.ts', 'workflows/queues.ts', 'workflows/start-options.ts'],
    ...['@temporalio/activity', '@temporalio/worker', '@temporalio/client'],
  ],
  workflows: ['domain/', 'activities/contract.ts', '@temporalio/workflow', '@temporalio/common'],
  api: [
    ...[
      'domain/',
      'drizzle/',
      'config.ts',
      'log.ts',
      'readiness.ts',
      'node:',
      'pino',
      'prom-client',
    ],
    ...['workflows/messages.ts', 'workflows/start-options.ts'],
    ...['mail/probe.ts', 'mail/advice.ts', 'mail/errors.ts', 'mail/oauth.ts'],
    ...['mail/attachment.ts', 'mail/discover.ts', 'mail/headers.ts', 'mail/raw-message.ts'],
    'mail/content-html.ts',
    ...['@apollo/server', '@as-integrations/express5', 'express', 'graphql', 'dataloader'],
    'csv-parse',
    ...['@temporalio/client', '@temporalio/common'],
  ],
  bench: [
    ...[
      'domain/',
      'drizzle/',
      'local/',
      'test/support/',
      'mail/headers.ts',
      'mail/content.ts',
      'mail/content-part.ts',
      'mail/raw-message.ts',
      'mailparser',
      'node:',
      'drizzle-orm',
      'imapflow',
      'zod',
    ],
    ...['workflows/messages.ts', 'workflows/start-options.ts', '@temporalio/client'],
  ],
};

function importsOf(file: string): readonly string[] {
  const source = readFileSync(file, 'utf8');
  const specifiers = [
    ...source.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)'|^import '([^']+)'/gm),
  ];
  return specifiers.map(([, from, bare]) => {
    const specifier = from ?? bare ?? '';
    return specifier.startsWith('.')
      ? relative(ROOT, resolve(dirname(file), specifier))
      : specifier;
  });
}

function filesOf(room: string): readonly string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(ROOT, room, file));
}

function isAllowed(specifier: string, room: string): boolean {
  const allowed = [`${room}/`, ...(ROOMS[room] ?? [])];
  return allowed.some(
    (entry) =>
      specifier === entry ||
      specifier.startsWith(entry.endsWith('/') || entry.endsWith(':') ? entry : `${entry}/`),
  );
}

test.each(Object.keys(ROOMS))('%s/ imports only what its room may know', (room) => {
  const files = filesOf(room);
  expect(files.length).toBeGreaterThan(3);
  const strays = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !isAllowed(specifier, room))
      .map((specifier) => `${relative(ROOT, file)} imports ${specifier}`),
  );
  expect(strays).toEqual([]);
});

test('only api/orchestrator.ts and what it answers with know the Temporal client', () => {
  const users = filesOf('api').filter((file) => importsOf(file).includes('@temporalio/client'));
  expect(users.map((file) => relative(ROOT, file))).toEqual(['api/orchestrator.ts']);
});

test('workflow code imports nothing but types from activities/', () => {
  for (const file of filesOf('workflows')) {
    const source = readFileSync(file, 'utf8');
    expect(source).not.toMatch(/^import (?!type\b)[^;]*from '\.\.\/activities/m);
  }
});

test('there is one protobufjs: two of them break the replay of saved histories', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  const copies = Object.keys(lock.packages).filter((path) =>
    path.endsWith('node_modules/protobufjs'),
  );
  expect(copies).toEqual(['node_modules/protobufjs']);
});
