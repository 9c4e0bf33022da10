import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { badInput } from '../../../api/errors.ts';
import { createMask, withoutValues } from '../../../api/masking.ts';

const mask = createMask(pino({ level: 'silent' }));

test.each([
  [
    'Variable "$input" got invalid value { address: "a", imap: { password: "hunter2" } }; Field "host" of required type "String!" was not provided.',
    'Variable "$input" got an invalid value: Field "host" of required type "String!" was not provided.',
  ],
  [
    'Variable "$input" got invalid value 4711 at "input.imap.password"; String cannot represent a non string value: 4711',
    'Variable "$input" got an invalid value at "input.imap.password": String cannot represent a non string value.',
  ],
  [
    'Variable "$input" got invalid value "x; hunter2" at "input.imap.port"; Int cannot represent non-integer value: "x; hunter2"',
    null,
  ],
])('the message of a wrong variable does not quote its value', (message, expected) => {
  expect(withoutValues(message)).not.toMatch(/hunter2|4711/);
  if (expected !== null) expect(withoutValues(message)).toBe(expected);
});

test('a fault of the client is told as it is', () => {
  const error = badInput('`first` must be 1 to 100.');
  expect(mask(error.toJSON(), error)).toMatchObject({
    message: '`first` must be 1 to 100.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('of a fault of ours only an id is told', () => {
  const error = new Error('Failed query: select password from mailboxes');
  const wrapped = new GraphQLError(error.message, {
    originalError: error,
    path: ['mailbox'],
    extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['secret'] },
  });
  const shown = mask(wrapped.toJSON(), wrapped);
  expect(shown).toEqual({
    message: expect.stringMatching(/^Internal error\. The log has it under [\w-]{36}\.$/) as string,
    path: ['mailbox'],
    extensions: { code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) as string },
  });
});
