import { expect, test } from 'vitest';
import type { MailLogin } from '../../../api/context.ts';
import { toGlobalId } from '../../../api/ids.ts';
import {
  checkAddresses,
  checkDomains,
  checkIds,
  checkText,
} from '../../../api/validation/fields.ts';
import { checkLogin } from '../../../api/validation/mailbox.ts';
import { checkSettings } from '../../../api/validation/settings.ts';

const LOGIN: MailLogin = {
  host: 'imap.example.com',
  port: 993,
  security: 'tls',
  username: 'ana',
  password: 'secret',
};
const codes = ({ userErrors }: { userErrors: readonly { code: string; field: unknown }[] }) =>
  userErrors.map(({ code, field }) => [code, field]);

test('R14 addresses are normalised, and a bad one is named by its place', () => {
  const checked = checkAddresses(
    [' Jill@EXAMPLE.com ', 'jill@', 'a b@x.example'],
    ['input', 'addresses'],
  );
  expect(checked.value).toEqual(['jill@example.com']);
  expect(codes(checked)).toEqual([
    ['invalid_address', ['input', 'addresses', '1']],
    ['invalid_address', ['input', 'addresses', '2']],
  ]);
});

test('R14 the same address in another spelling is a duplicate', () => {
  const checked = checkAddresses(['jill@example.com', 'JILL@example.com'], ['input', 'addresses']);
  expect(codes(checked)).toEqual([['duplicate', ['input', 'addresses', '1']]]);
});

test('a contact needs an address, and takes 50 at most', () => {
  const many = Array.from({ length: 51 }, (_, n) => `a${n}@example.com`);
  expect(codes(checkAddresses([], ['x']))).toEqual([['required', ['x']]]);
  expect(codes(checkAddresses(many, ['x']))).toEqual([['too_many', ['x']]]);
});

test.each(['gmail.com', 'co.uk', 'github.io'])(
  'R31 %s cannot belong to an account, and it is said why',
  (domain) => {
    const [error] = checkDomains(['customer.example', domain], ['input', 'domains']).userErrors;
    expect(error).toMatchObject({ code: 'shared_domain', field: ['input', 'domains', '1'] });
    expect(error?.message).toContain(`Many unrelated people have addresses at ${domain}`);
  },
);

test.each(['', 'a b', 'jill@example.com', '192.0.2.1', 'localhost', 'com', '-x.example'])(
  '%j is no domain of an account',
  (domain) => {
    expect(codes(checkDomains([domain], ['d']))).toEqual([['invalid_domain', ['d', '0']]]);
  },
);

test('domains are normalised: IDN, case, trailing dot', () => {
  expect(checkDomains(['BÜCHER.example.'], []).value).toEqual(['xn--bcher-kva.example']);
});

test('an id of another type is not found, by its place', () => {
  const uuid = '01234567-89ab-cdef-0123-456789abcdef';
  const ids = [toGlobalId('Account', uuid), toGlobalId('Contact', uuid), 'x'];
  expect(codes(checkIds('Account', ids, ['input', 'accountIds']))).toEqual([
    ['not_found', ['input', 'accountIds', '1']],
    ['not_found', ['input', 'accountIds', '2']],
  ]);
});

test('texts are trimmed and bounded', () => {
  expect(checkText('  x ', { min: 1, max: 1 }, [])).toEqual({ value: 'x', userErrors: [] });
  expect(codes(checkText('  ', { min: 1, max: 9 }, ['n']))).toEqual([['required', ['n']]]);
  expect(codes(checkText('xx', { min: 0, max: 1 }, ['n']))).toEqual([['too_long', ['n']]]);
});

test('a login is checked field by field before anything is tried', () => {
  const bad = {
    host: 'imap example',
    port: 0,
    security: 'none',
    username: ' ',
    password: '',
  } as const;
  expect(codes(checkLogin(bad, false))).toEqual([
    ['invalid_host', ['input', 'imap', 'host']],
    ['out_of_range', ['input', 'imap', 'port']],
    ['security_not_allowed', ['input', 'imap', 'security']],
    ['required', ['input', 'imap', 'username']],
    ['required', ['input', 'imap', 'password']],
  ]);
});

test.each([
  'localhost',
  'LOCALHOST',
  'x.localhost',
  '127.0.0.1',
  '127.1',
  '::1',
  '[::1]',
  '0.0.0.0',
])('R50 %s is a mail server only where the configuration says so', (host) => {
  expect(codes(checkLogin({ ...LOGIN, host }, false))).toEqual([
    ['host_not_allowed', ['input', 'imap', 'host']],
  ]);
  expect(codes(checkLogin({ ...LOGIN, host, security: 'none' }, true))).toEqual([]);
});

test.each(['imap.gmail.com', 'mail.bücher.example', '192.0.2.1', '2001:db8::1', 'mail'])(
  '%s is a host',
  (host) => {
    expect(codes(checkLogin({ ...LOGIN, host }, false))).toEqual([]);
  },
);

test('settings: days exactly under DAYS, paths exactly under SELECTED, a pace within the limits', () => {
  const at = (...path: string[]) => ['input', 'settings', ...path];
  expect(codes(checkSettings({ history: { mode: 'days' } }))).toEqual([
    ['required', at('history', 'days')],
  ]);
  expect(codes(checkSettings({ history: { mode: 'days', days: 3651 } }))).toEqual([
    ['out_of_range', at('history', 'days')],
  ]);
  expect(codes(checkSettings({ history: { mode: 'all', days: 3 } }))).toEqual([
    ['invalid_settings', at('history', 'days')],
  ]);
  expect(codes(checkSettings({ folders: { mode: 'selected', paths: [] } }))).toEqual([
    ['required', at('folders', 'paths')],
  ]);
  expect(codes(checkSettings({ folders: { mode: 'inbox', paths: ['x'] } }))).toEqual([
    ['invalid_settings', at('folders', 'paths')],
  ]);
  for (const pollEveryMinutes of [4, 1441]) {
    expect(codes(checkSettings({ pollEveryMinutes }))).toEqual([
      ['out_of_range', at('pollEveryMinutes')],
    ]);
  }
});

test('settings that are left out are not stored, so that the workspace decides', () => {
  expect(checkSettings(null).value).toEqual({});
  expect(checkSettings({ pollEveryMinutes: 5 }).value).toEqual({ pollEveryMinutes: 5 });
  expect(checkSettings({ history: { mode: 'days', days: 60 } }).value).toEqual({
    history: { mode: 'days', days: 60 },
  });
});
