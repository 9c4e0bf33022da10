import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readContent, readContents } from '../../../mail/content.ts';
import { htmlToPlainText } from '../../../mail/content-html.ts';
import { visibleReply } from '../../../mail/content-reply.ts';
import { readRawMessage, type RawMessage } from '../../../mail/raw-message.ts';
import { corpusFolder } from '../../support/corpora.ts';
import { mailParserCases } from '../../support/mail-parser-cases.ts';
import { spamAssassinMessages } from '../../support/spam-assassin.ts';
import { talonReplies, type TalonReply } from '../../support/talon-replies.ts';

const MAIL_PARSER = corpusFolder('mail-parser');
const TALON = corpusFolder('talon');
const ICALENDAR = corpusFolder('icalendar');
const LONGEST_MS = 2000;

function rawMessage(octets: Buffer): RawMessage {
  const raw = readRawMessage(octets);
  if (typeof raw === 'string') throw new Error(raw);
  return raw;
}

const squeezed = (text: string): string => text.replaceAll(/[\0\s]+/g, ' ').trim();

/** Each was looked at: where the crate mail-parser and we read a message differently, and why. */
const READ_OTHERWISE: Readonly<Record<string, string>> = {
  'legacy/001 text': 'UTF-7, which we leave as it is',
  'legacy/005 text': 'UTF-7',
  'legacy/001 subject': 'UTF-7',
  'legacy/005 subject': 'UTF-7',
  'legacy/033 text':
    'Latin-1 that says it is something else: they show what cannot be read, we the text',
  'legacy/034 text': 'UTF-7 made of the wrong octets; nobody can read it',
  'legacy/052 text': 'Latin-1 without a charset: they show what cannot be read, we the text',
  'legacy/016 files': 'a Latin-1 name: they show what cannot be read, we the name',
  'legacy/023 files': 'the same',
  'legacy/026 files': 'the same',
  'malformed/001 text': 'a delimiter without its multipart is text to us',
  'malformed/009 text':
    'the outer delimiter ends the inner multipart: we show all three parts, they list two as files',
  'malformed/011 text': 'the same',
  'malformed/012 files': 'the same, with three forwarded messages',
  'malformed/015 files': 'a signature is no file to a reader',
  'malformed/016 text': 'delimiters that begin alike: we compare them whole',
  'malformed/019 text': 'several messages on top of each other',
  'malformed/020 text':
    'no empty line behind the header of a part: they show the source of the HTML, we the HTML',
  'malformed/021 text': 'the same',
  'rfc/001 files': 'a path before the name, which we cut off',
  'thirdparty/002 text': 'base64 of nothing but garbage',
  'thirdparty/005 text': 'UTF-16 with line ends that were changed on the way',
  'thirdparty/015 files': 'three forwarded messages: they list one',
};

test.runIf(MAIL_PARSER !== null)(
  'R42, R70 the 107 hard cases of mail-parser are read as there, or for a reason',
  async () => {
    const cases = mailParserCases(MAIL_PARSER ?? '');
    const otherwise: string[] = [];
    let compared = 0;
    for (const { name, octets, subject, text, from, attachments } of cases) {
      const raw = rawMessage(octets);
      const content = await readContent(raw.parts);
      // Forwarded messages without a name have none there; here they are called by their subject.
      const files = raw.attachments.map(({ fileName, mediaType }, index) =>
        mediaType === 'message/rfc822' && attachments[index] === '' ? '' : (fileName ?? ''),
      );
      if (text.length > 0) compared += 1;
      const isText = text.length === 0 || squeezed(text.join('\n')) === squeezed(content.text);
      if (!isText) otherwise.push(`${name} text`);
      // Where they show what cannot be read, we show the text.
      const isSubject = subject?.includes('\ufffd') ?? true;
      if (!isSubject && squeezed(subject ?? '') !== squeezed(raw.headers.subject)) {
        otherwise.push(`${name} subject`);
      }
      if (files.join('\n') !== attachments.join('\n')) otherwise.push(`${name} files`);
      const [sender] = from;
      // `Moderator-Address <moderator>` is no address to us (R18).
      if (sender?.includes('@') === true && from.length === 1) {
        expect([name, raw.headers.from?.address]).toEqual([name, sender.toLowerCase()]);
      }
    }
    expect([cases.length, otherwise.toSorted()]).toEqual([
      107,
      Object.keys(READ_OTHERWISE).toSorted(),
    ]);
    expect(compared).toBe(87);
  },
  30_000,
);

/** Each was looked at. */
const NOT_SHORTENED: Readonly<Record<string, string>> = {
  too_many_lines:
    'of a message with more than one line talon looks at none; the limit is set for that test',
  regular_blockquote: 'a quotation in the answer itself: in a page that looks like any other',
};

async function replyOf({ kind, body }: TalonReply): Promise<string> {
  if (kind === 'message') {
    return (await readContent(rawMessage(Buffer.from(body, 'latin1')).parts)).replyText;
  }
  const text = kind === 'html' ? htmlToPlainText(body) : body;
  return visibleReply(text) === '' ? text : visibleReply(text);
}

/** talon leaves signatures to another of its functions: what it expects is compared without them. */
function isAsExpected(reply: string, expected: string): boolean {
  const withoutBlanks = (text: string): string => text.replaceAll(/\s+/g, '');
  const wanted = [expected, visibleReply(expected)].map(withoutBlanks);
  return wanted.includes(withoutBlanks(reply));
}

test.runIf(TALON !== null)('R42 of the replies in talon 97 % are shortened as there', async () => {
  const replies = talonReplies(TALON ?? '');
  const missed: string[] = [];
  for (const reply of replies) {
    if (!isAsExpected(await replyOf(reply), reply.expected)) missed.push(reply.name);
  }
  expect(replies).toHaveLength(75);
  expect(missed.toSorted()).toEqual(Object.keys(NOT_SHORTENED).toSorted());
});

test.runIf(ICALENDAR !== null)(
  'R42 the 164 calendar files of icalendar are read or refused, none is slow',
  async () => {
    const folder = join(ICALENDAR ?? '', 'src/icalendar/tests');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ics'),
    );
    let invitations = 0;
    let withStart = 0;
    for (const name of files) {
      const header = 'Subject: x\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n';
      const octets = Buffer.concat([Buffer.from(header), readFileSync(join(folder, name))]);
      const startedAt = performance.now();
      const { calendar } = await readContent(rawMessage(octets).parts);
      expect(performance.now() - startedAt, name).toBeLessThan(LONGEST_MS);
      if (calendar === undefined) continue;
      invitations += 1;
      if (calendar.start !== null) withStart += 1;
      expect(calendar.start ?? '2026-11-22', name).toMatch(/^\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?$/);
    }
    expect(files.length).toBeGreaterThan(160);
    expect(invitations).toBeGreaterThan(60);
    // Others have no beginning, or `DTSTART:INVALID-DATE`.
    expect(withStart / invitations).toBeGreaterThan(0.75);
  },
  30_000,
);

test('R42 every sixth message of SpamAssassin is read, none is slow, none shows anything dangerous', async () => {
  let read = 0;
  let empty = 0;
  let index = 0;
  for (const { folder, file, raw } of spamAssassinMessages()) {
    index += 1;
    if (index % 6 !== 0) continue;
    const { parts } = rawMessage(raw);
    const startedAt = performance.now();
    const [content] = await readContents([parts]);
    expect(performance.now() - startedAt, `${folder}/${file}`).toBeLessThan(LONGEST_MS);
    if (content === undefined) continue;
    read += 1;
    if (content.text.trim() === '') empty += 1;
    expect(content.replyText.length).toBeLessThanOrEqual(content.text.length);
    expect(content.html ?? '').not.toMatch(
      /<(?:script|iframe|style|form|svg)|\son\w+=| src="http/i,
    );
  }
  expect(read).toBe(1007);
  // Messages that are nothing but a picture, or nothing at all.
  expect(empty).toBeLessThan(20);
}, 60_000);
