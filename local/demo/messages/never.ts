import { aBounce, aMessage } from '../build.ts';
import { daysAgo, seenIn, skipped } from '../demo-message.ts';
import type { DemoMessage } from '../demo-message.ts';
import { ANA, ANA_ALIAS, BEN, HENRIK, JILL } from '../people.ts';

/** Mail that no rule about people is asked about: drafts, spam, own mail, machines, private mail, broken senders. */

const TO_A_CONTACT = { from: ANA, to: JILL };

const drafts: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(6, '17:58'),
    flags: ['\\Draft', '\\Seen'],
    raw: aMessage({
      ...TO_A_CONTACT,
      subject: 'Christmas hours (not finished)',
      date: daysAgo(6, '17:58'),
      messageId: 'christmas-draft@northwind-coffee.example',
      text: 'Dear Jill,\n\nover Christmas we deliver on\n',
    }),
    expect: skipped('DRAFT', 'R5', 'Flagged as a draft, kept in the inbox by a phone.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(6, '18:04'),
    raw: aMessage({
      ...TO_A_CONTACT,
      subject: 'Price change in spring (wording?)',
      date: daysAgo(6, '18:04'),
      messageId: 'price-change-draft@northwind-coffee.example',
      headers: {
        'X-Mozilla-Draft-Info': 'internal/draft; vcard=0; receipt=0; DSN=0; uuencode=0',
      },
      text: 'Dear Jill,\n\nas green coffee has become dearer, we have to ask you for\n',
    }),
    expect: skipped('DRAFT', 'R5', 'A Thunderbird draft that lost its flag when it was moved.'),
  }),
  ...seenIn(['ana/Drafts'], {
    at: daysAgo(5, '09:09'),
    flags: ['\\Draft'],
    raw: aMessage({
      ...TO_A_CONTACT,
      subject: 'Menu cards',
      date: daysAgo(5, '09:09'),
      messageId: 'menu-draft@northwind-coffee.example',
      text: 'Dear Jill,\n\nthe printer asks whether\n',
    }),
    expect: {
      verdict: 'NOT_READ',
      reason: 'DRAFT',
      rule: 'R2 R5',
      note: 'The folder Drafts is not read at all.',
    },
  }),
];

const spam: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(12, '00:41'),
    flags: ['$Junk'],
    raw: aMessage({
      from: JILL,
      to: ANA,
      subject: 'Voucher for you inside!!',
      date: daysAgo(12, '00:41'),
      messageId: 'voucher@harbourlane.example',
      text: 'Open the voucher now, it ends at midnight: http://voucher.fast-pay.test/\n',
    }),
    expect: skipped('SPAM', 'R6', 'Sent from a stolen address book; the server set $Junk.'),
  }),
  ...seenIn(['ben/INBOX'], {
    at: daysAgo(11, '01:17'),
    raw: aMessage({
      from: HENRIK,
      to: BEN,
      subject: 'Re: your parcel could not be delivered',
      date: daysAgo(11, '01:17'),
      messageId: 'parcel@fjordbean.example',
      headers: { 'X-Spam-Flag': 'YES', 'X-Spam-Status': 'Yes, score=9.1 required=5.0' },
      text: 'Pay the customs fee of 1.99 here: http://customs.fast-pay.test/\n',
    }),
    expect: skipped('SPAM', 'R6', 'The spam filter of the provider wrote X-Spam-Flag: YES.'),
  }),
  ...seenIn(['ana/Junk'], {
    at: daysAgo(10, '01:59'),
    raw: aMessage({
      from: JILL,
      to: ANA,
      subject: 'You have won an espresso machine',
      date: daysAgo(10, '01:59'),
      messageId: 'won@harbourlane.example',
      text: 'Claim it within the hour.\n',
    }),
    expect: {
      verdict: 'NOT_READ',
      reason: 'SPAM',
      rule: 'R2 R6',
      note: 'The folder Junk is not read at all.',
    },
  }),
];

const own: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX', 'ben/Sent'], {
    at: daysAgo(9, '15:15'),
    raw: aMessage({
      from: BEN,
      to: ANA,
      subject: 'Roaster booked for Thursday',
      date: daysAgo(9, '15:15'),
      messageId: 'roaster-thursday@northwind-coffee.example',
      text: 'Ana, I booked the big roaster on Thursday for the Harbour Lane order. All right with you?\n\nBen\n',
    }),
    expect: skipped('INTERNAL', 'R12', 'Colleagues among themselves.'),
  }),
  ...seenIn(['ana/Sent', 'ana/INBOX'], {
    at: daysAgo(8, '19:22'),
    raw: aMessage({
      from: ANA,
      to: ANA_ALIAS,
      subject: 'Test: does this show up in the CRM?',
      date: daysAgo(8, '19:22'),
      messageId: 'self-test@northwind-coffee.example',
      text: 'One two three. I made a contact of my other address to see what happens.\n',
    }),
    expect: skipped(
      'ONLY_OWN_ADDRESSES',
      'R10',
      'The self test: a contact carries an address of Ana.',
    ),
  }),
];

const machines: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(7, '06:00'),
    raw: aMessage({
      from: 'Harbour Lane News <news@harbourlane.example>',
      to: ANA,
      subject: 'Harbour Lane in October: pumpkin bread and live jazz',
      date: daysAgo(7, '06:00'),
      messageId: 'news-october@harbourlane.example',
      headers: {
        'List-Id': 'Harbour Lane News <news.harbourlane.example>',
        'List-Unsubscribe': '<https://harbourlane.example/unsubscribe?u=8812>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        Precedence: 'bulk',
      },
      text: 'Every Thursday in October: live jazz at the Pier from eight. The pumpkin bread is back.\n',
    }),
    expect: skipped('BULK', 'R9', 'A newsletter from an account domain: no contact is made of it.'),
  }),
  ...seenIn(['ben/INBOX'], {
    at: daysAgo(14, '15:31'),
    raw: aMessage({
      from: HENRIK,
      to: BEN,
      subject: 'Automatic reply: Route change on public holidays',
      date: daysAgo(14, '15:31'),
      messageId: 'away@fjordbean.example',
      inReplyTo: 'route-change@northwind-coffee.example',
      references: ['route-change@northwind-coffee.example'],
      headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
      text: 'I am on the mountain until Monday. In urgent cases please call the bar.\n\nHenrik\n',
    }),
    expect: skipped('AUTO_REPLY', 'R9', 'An out-of-office reply of a contact.'),
  }),
  ...seenIn(['ben/INBOX'], {
    at: daysAgo(14, '08:32'),
    raw: aBounce({
      from: 'Mail Delivery System <MAILER-DAEMON@mx.pottery-week.example>',
      to: BEN,
      date: daysAgo(14, '08:32'),
      messageId: 'dsn-99127@mx.pottery-week.example',
      recipient: 'jobs@pottery-week.example',
      status: '5.1.1',
      diagnostic: '550 5.1.1 <jobs@pottery-week.example>: user unknown',
      original: aMessage({
        from: BEN,
        to: ['Pottery Week <hello@pottery-week.example>', 'jobs@pottery-week.example'],
        subject: 'A stand at Pottery Week?',
        date: daysAgo(14, '08:30'),
        messageId: 'pottery-week@northwind-coffee.example',
      }),
    }),
    expect: skipped('BOUNCE', 'R9', 'A delivery report about the message to Pottery Week.'),
  }),
];

const refused: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(5, '21:10'),
    raw: aMessage({
      from: JILL,
      to: ANA,
      subject: 'Not about coffee',
      date: daysAgo(5, '21:10'),
      messageId: 'not-about-coffee@harbourlane.example',
      headers: { Sensitivity: 'Personal' },
      text: 'Dear Ana,\n\nthank you for listening yesterday. It did me good.\n\nJill\n',
    }),
    expect: skipped('PERSONAL', 'R13', 'Jill marked the message as personal.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(4, '11:11'),
    raw: aMessage({
      from: [JILL, 'Rosa Lim <rosa.lim@harbourlane.example>'],
      to: ANA,
      subject: 'From both of us',
      date: daysAgo(4, '11:11'),
      messageId: 'both-of-us@harbourlane.example',
      headers: { Sender: 'jill@harbourlane.example' },
      text: 'Thank you for the tour of the roastery!\n\nJill and Rosa\n',
    }),
    expect: skipped(
      'UNPARSABLE',
      'R18',
      'Two addresses in From: nobody can say whose message it is.',
    ),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(4, '02:47'),
    raw: aMessage({
      to: ANA,
      subject: 'Urgent: open invoice 20799',
      date: daysAgo(4, '02:47'),
      messageId: 'invoice-20799@fast-pay.test',
      // CVE-2026-125755: some parsers stop at the fold and read Jill's address.
      headers: { From: 'jill@harbourlane.example\r\n .fast-pay.test' },
      text: 'Please settle invoice 20799 today to avoid an interruption of your orders.\n',
    }),
    expect: skipped(
      'UNPARSABLE',
      'R18',
      'A folded domain that pretends to be Jill: two programs would read two different senders.',
    ),
  }),
];

export const NEVER: readonly DemoMessage[] = [...drafts, ...spam, ...own, ...machines, ...refused];
