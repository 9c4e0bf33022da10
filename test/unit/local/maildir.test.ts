import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Maildir, fitsFileName } from '../../../local/maildir.ts';
import { makeTempFolder } from '../../support/temp-folder.ts';

test('messages without flags lie in new/, in the order of their delivery', () => {
  using folder = makeTempFolder('maildir');
  const maildir = new Maildir(folder.path, undefined);
  for (const raw of ['first', 'second', 'third']) maildir.deliver('INBOX', { raw, flags: [] });
  const files = readdirSync(join(folder.path, 'new')).toSorted();
  expect(files.map((file) => readFileSync(join(folder.path, 'new', file), 'utf8'))).toEqual([
    'first',
    'second',
    'third',
  ]);
});

test('flags stand in the file name, in alphabetical order, and the date is that of the file', () => {
  using folder = makeTempFolder('maildir');
  const internalDate = new Date('2026-01-02T03:04:05Z');
  const message = { raw: 'x', flags: ['\\Seen', '\\Answered'], internalDate };
  new Maildir(folder.path, undefined).deliver('Sent/2026', message);
  const [file = ''] = readdirSync(join(folder.path, 'Sent/2026/cur'));
  expect(file).toMatch(/:2,RS$/);
  expect(statSync(join(folder.path, 'Sent/2026/cur', file)).mtime).toEqual(internalDate);
});

test('a keyword does not fit a file name', () => {
  expect(fitsFileName(['\\Seen', '\\Draft'])).toBe(true);
  expect(fitsFileName(['\\Seen', '$Junk'])).toBe(false);
});
