import type { MessageStructureObject } from 'imapflow';
import { expect, test } from 'vitest';
import { toUidSet } from '../../../mail/imap-search.ts';
import { toBodyStructure } from '../../../mail/imap-structure.ts';

test('a message that is no multipart is its own part 1', () => {
  const structure = toBodyStructure({
    type: 'TEXT/Plain',
    parameters: { charset: 'UTF-8' },
    encoding: 'Quoted-Printable',
    size: 12,
  });
  expect(structure).toEqual({
    mediaType: 'text/plain',
    parameters: {},
    parts: [
      {
        ...{ part: '1', mediaType: 'text/plain', charset: 'utf-8', encoding: 'quoted-printable' },
        ...{ size: 12, disposition: null, fileName: null, contentId: null },
      },
    ],
  });
});

test('the leaves of a tree come in order, a forwarded message is one of them', () => {
  const structure = toBodyStructure({
    type: 'multipart/mixed',
    childNodes: [
      {
        type: 'multipart/alternative',
        childNodes: [
          { part: '1.1', type: 'text/plain' },
          { part: '1.2', type: 'text/html' },
        ],
      },
      { part: '2', type: 'message/rfc822', childNodes: [{ part: '2.1', type: 'text/plain' }] },
      { part: '3', type: '/', disposition: 'x-odd', id: '<c@x>' },
    ],
  });
  expect(structure.parts.map(({ part, mediaType }) => `${part} ${mediaType}`)).toEqual([
    '1.1 text/plain',
    '1.2 text/html',
    '2 message/rfc822',
    '3 application/octet-stream',
  ]);
  expect(structure.parts.at(-1)).toMatchObject({ disposition: 'attachment', contentId: 'c@x' });
});

test('a MIME bomb ends at 200 parts and 20 levels', () => {
  const leaf: MessageStructureObject = { part: '1', type: 'text/plain' };
  const wide = { type: 'multipart/mixed', childNodes: Array.from({ length: 20_000 }, () => leaf) };
  expect(toBodyStructure(wide).parts).toHaveLength(200);
  let deep = leaf;
  for (let level = 0; level < 30; level += 1)
    deep = { type: 'multipart/mixed', childNodes: [deep] };
  expect(toBodyStructure(deep).parts).toEqual([]);
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\jill\\offer.pdf', 'offer.pdf'],
  ['offer\u202efdp.exe', 'offerfdp.exe'],
  ['a\r\nb.txt', 'a b.txt'],
  ['..', null],
  ['', null],
])('the file name %j is kept as %j', (filename, expected) => {
  const structure = toBodyStructure({
    type: 'application/pdf',
    dispositionParameters: { filename },
  });
  expect(structure.parts[0]?.fileName).toBe(expected);
});

test('R9 of the parameters only the kind of report is kept', () => {
  const parameters = { boundary: 'b\0', 'report-type': 'delivery-status\0' };
  const { parameters: kept } = toBodyStructure({ type: 'multipart/report', parameters });
  expect(kept).toEqual({ 'report-type': 'delivery-status' });
});

test('no string of a structure holds NUL, controls or half a character, and none is endless', () => {
  const odd = `a\0\u0007\ud83d${'\u{1f4e7}'.repeat(400)}`;
  const structure = toBodyStructure({
    type: `text/${'x'.repeat(300)}`,
    parameters: { charset: odd, 'report-type': odd },
    ...{ encoding: odd, id: `<${odd}>`, dispositionParameters: { filename: odd } },
  });
  const [part] = structure.parts;
  expect(part?.mediaType).toBe('application/octet-stream');
  const strings = [part?.charset, part?.encoding, part?.contentId, part?.fileName];
  for (const text of [...strings, structure.parameters['report-type']]) {
    expect(text).toMatch(/^a /);
    expect(text).toHaveLength(255);
    expect(text?.isWellFormed()).toBe(true);
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  }
});

test('UID sets are written in their shortest form', () => {
  expect(toUidSet([5, 3, 4, 9, 9, 1])).toBe('1,3:5,9');
  expect(toUidSet([])).toBe('');
});

test('R42 a forwarded message is called by its subject, unless it has a name', () => {
  const forwarded = (subject: string, parameters = {}) =>
    toBodyStructure({ type: 'message/rfc822', parameters, envelope: { subject } }).parts[0]
      ?.fileName;
  expect(forwarded('Offer')).toBe('Offer.eml');
  expect(forwarded('=?utf-8?Q?Gr=C3=BC=C3=9Fe?=')).toBe('Grüße.eml');
  expect(forwarded('../../etc/passwd')).toBe('.. .. etc passwd.eml');
  expect(forwarded('Offer', { name: 'mail.eml' })).toBe('mail.eml');
  expect(forwarded('')).toBeNull();
});

test('R42 whether the lines of a text are to be joined', () => {
  const flow = (parameters: Record<string, string>) =>
    toBodyStructure({ type: 'text/plain', parameters }).parts[0]?.flow;
  expect(flow({ format: 'Flowed' })).toBe('flowed');
  expect(flow({ format: 'flowed', delsp: 'YES' })).toBe('delsp');
  expect([flow({ format: 'fixed' }), flow({})]).toEqual([undefined, undefined]);
});
