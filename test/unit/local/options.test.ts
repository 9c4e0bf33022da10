import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError, parseOptions } from '../../../local/options.ts';

test('without anything said it is port 4000 and .local, and the servers are our own', () => {
  expect(parseOptions([], {})).toEqual({
    isDemo: false,
    localDir: resolve('.local'),
    localDirName: '.local',
    port: 4000,
    temporalPort: undefined,
    temporalUiPort: undefined,
    databaseUrl: undefined,
    temporalAddress: undefined,
  });
});

test('an empty variable counts as not set', () => {
  const empty = { PORT: '', DATABASE_URL: '', TEMPORAL_ADDRESS: '', LOCAL_DIR: '' };
  expect(parseOptions([], empty)).toEqual(parseOptions([], {}));
});

test('--demo is the only argument', () => {
  expect(parseOptions(['--demo'], {}).isDemo).toBe(true);
  expect(() => parseOptions(['--dmeo'], {})).toThrow(UsageError);
});

test.each(['abc', '0', '65536', '40.5', '-1'])('PORT=%s is refused by name', (port) => {
  expect(() => parseOptions([], { PORT: port })).toThrow(`PORT is "${port}"`);
});
