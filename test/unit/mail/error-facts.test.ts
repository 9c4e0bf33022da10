import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toMailError } from '../../../mail/error-mapping.ts';
import { BANDWIDTH, refusedFetch, refusedLogin, transport } from './refusals.ts';

/** What a MailError tells beside its kind. */

const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('R1 who is to slow down, and what a person is told', () => {
  test.each([
    ['LIMIT', refusedFetch('LIMIT', 'FETCH Rate limit hit.'), true, false],
    ['Too many', refusedLogin('Too many simultaneous connections', 'ALERT'), true, true],
    ['bandwidth', refusedFetch('OVERQUOTA', BANDWIDTH), true, true],
    ['ETHROTTLE', transport('ETHROTTLE', { throttleReset: 1000 }), true, false],
    ['CONTACTADMIN', refusedLogin('Call us', 'CONTACTADMIN'), false, true],
    ['CORRUPTION', refusedFetch('CORRUPTION', 'Damaged'), false, true],
    ['ALERT', refusedLogin('Something for a person', 'ALERT'), false, true],
    ['UNAVAILABLE', refusedLogin('Later', 'UNAVAILABLE'), false, false],
    ['a refused password', refusedLogin('Bad', 'AUTHENTICATIONFAILED'), false, false],
  ])('%s', (_name, error, shouldSlowDown, isAlert) => {
    const mapped = toMailError(error, 'log in');
    expect([mapped.shouldSlowDown, mapped.isAlert]).toEqual([shouldSlowDown, isAlert]);
  });
});

test('R1 an allowance that is gone shortly before midnight is gone for six hours all the same', () => {
  vi.setSystemTime(new Date('2026-11-22T23:00:00Z'));
  const error = toMailError(refusedFetch('OVERQUOTA', BANDWIDTH), 'fetch messages');
  expect(error.retryAfterMs).toBe(360 * MINUTE);
});

describe('what the server says beside its answer', () => {
  test.each([
    ['BYE [UNAVAILABLE] Bye', 'NoConnection', 'server_unavailable', 'UNAVAILABLE'],
    ['BYE [INUSE] Bye', 'NoConnection', 'server_unavailable', 'INUSE'],
    ['BYE [LIMIT] Slow down', 'ClosedAfterConnectTLS', 'throttled', 'LIMIT'],
    ['BYE Restarting', 'NoConnection', 'server_unavailable', 'NoConnection'],
    ['NO [ALERT] Too many simultaneous connections.', 'NoConnection', 'throttled', 'ALERT'],
  ])('%s', (told, code, kind, responseCode) => {
    const mapped = toMailError(transport(code), 'log in', 'account', told);
    expect([mapped.kind, mapped.responseCode]).toEqual([kind, responseCode]);
  });

  test('R55 an alert explains a refusal that sounds like a wrong password', () => {
    const refusal = refusedLogin('Invalid credentials', 'AUTHENTICATIONFAILED');
    const told = 'NO [ALERT] Too many simultaneous connections. (Failure)';
    expect(toMailError(refusal, 'log in', 'account', told).kind).toBe('throttled');
  });
});

test('the command is named without its arguments', () => {
  expect(toMailError(refusedFetch(null, 'No'), 'fetch').command).toBe('UID FETCH');
  expect(toMailError(refusedLogin('No'), 'log in').command).toBe('LOGIN');
  expect(toMailError(transport('NoConnection'), 'log in').command).toBeNull();
});
