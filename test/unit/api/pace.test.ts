import { expect, test } from 'vitest';
import { checkPace } from '../../../api/validation/pace.ts';

const PROVIDER = {
  name: 'Example Mail',
  limits: {
    ...{ pollEveryMinutes: 30, minPollMinutes: 15, imapBytesPerDay: 100e6, pop3BytesPerDay: 50e6 },
    ...{ loginsPerHour: 20, connectionsPerHost: 5, connectsPerSecond: 1, watchedPerHost: 0 },
  },
};

test('R1 an admin may be gentler than the provider asks for', () => {
  const gentle = { pollEveryMinutes: 60, push: false, bytesPerDay: 1e6, loginsPerHour: 4 };
  expect(checkPace(gentle, PROVIDER, 'imap')).toEqual([]);
  expect(checkPace({ bytesPerDay: null, loginsPerHour: null }, PROVIDER, 'imap')).toEqual([]);
});

test.each([
  ['pollEveryMinutes', { pollEveryMinutes: 14 }, 'imap'],
  ['bytesPerDay', { bytesPerDay: 100e6 + 1 }, 'imap'],
  ['bytesPerDay', { bytesPerDay: 50e6 + 1 }, 'pop3'],
  ['bytesPerDay', { bytesPerDay: 1e6 - 1 }, 'imap'],
  ['loginsPerHour', { loginsPerHour: 21 }, 'imap'],
  ['loginsPerHour', { loginsPerHour: 3 }, 'imap'],
  ['push', { push: true }, 'imap'],
] as const)('R1 and never less gentle: %s %j by %s', (field, pace, protocol) => {
  const errors = checkPace(pace, PROVIDER, protocol);
  expect(errors.map((error) => error.field)).toEqual([['input', 'settings', field]]);
  expect(errors[0]?.message).toContain('Example Mail');
});
