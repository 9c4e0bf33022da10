import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { HTML_RULES_VERSION } from '../../../domain/message-html.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { twoMailboxes } from '../../support/two-mailboxes.ts';

/** Text that flows, a page with its own picture and one from elsewhere, an invitation, a forwarded message. */
const INVITATION = [
  'From: Jill <jill@customer.example>',
  'To: ana@acme.example',
  'Message-ID: <invitation@customer.example>',
  'Subject: Kick-off',
  'Date: Fri, 20 Nov 2026 10:00:00 +0000',
  'Content-Type: multipart/mixed; boundary=out',
  '',
  '--out',
  'Content-Type: multipart/related; boundary=in',
  '',
  '--in',
  'Content-Type: multipart/alternative; boundary=alt',
  '',
  '--alt',
  'Content-Type: text/plain; charset=utf-8; format=flowed',
  '',
  'Shall we meet ',
  'on Monday?',
  '',
  'On Thu, Nov 19, 2026 at 9:00 AM Ana <ana@acme.example> wrote:',
  '> When?',
  '--alt',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p onclick="x()">Shall we meet?</p><img src="cid:logo@x"><img src="https://x.example/pixel">',
  '--alt--',
  '--in',
  'Content-Type: image/png; name=logo.png',
  'Content-ID: <logo@x>',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0KGgo=',
  '--in--',
  '--out',
  'Content-Type: text/calendar; method=REQUEST; name=invite.ics',
  '',
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:1@customer.example',
  'SUMMARY:Kick-off',
  'ORGANIZER:mailto:jill@customer.example',
  'DTSTART:20261123T090000Z',
  'DTEND:20261123T100000Z',
  'END:VEVENT',
  'END:VCALENDAR',
  '--out',
  'Content-Type: message/rfc822',
  '',
  'From: bob@customer.example',
  'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
  '',
  'inner',
  '--out--',
  '',
].join('\r\n');

test.each(['imap', 'pop3'] as const)(
  'R42 a message read by %s has its text joined, its history cut, its pictures, files and invitation',
  async (protocol) => {
    await using acme = await twoMailboxes();
    await acme.dovecot.deliver('ana', 'INBOX', INVITATION);
    const port = protocol === 'pop3' ? acme.dovecot.pop3Port : acme.dovecot.imapPort;
    const ana = await acme.pipeline.connect({
      ...{ protocol, port, address: 'ana@acme.example', username: 'ana', password: 'secret' },
    });
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    const [engagement] = await acme.db.select().from(tables.engagements);
    expect(engagement).toMatchObject({
      text: expect.stringMatching(/^Shall we meet on Monday\?\n/) as string,
      replyText: 'Shall we meet on Monday?',
      html: '<p>Shall we meet?</p><img src="cid:logo@x" /><img data-src="https://x.example/pixel" />',
      htmlVersion: HTML_RULES_VERSION,
      calendar: {
        ...{ method: 'REQUEST', summary: 'Kick-off', organizer: 'jill@customer.example' },
        ...{ start: '2026-11-23T09:00:00Z', end: '2026-11-23T10:00:00Z', location: '' },
        uid: '1@customer.example',
      },
    });
    const files = await acme.db
      .select()
      .from(tables.attachments)
      .where(eq(tables.attachments.engagementId, engagement?.id ?? ''))
      .orderBy(tables.attachments.part);
    expect(files.map(({ part, name, contentId }) => [part, name, contentId])).toEqual([
      ['1.2', 'logo.png', 'logo@x'],
      ['2', 'invite.ics', null],
      ['3', 'Grüße.eml', null],
    ]);
  },
);
