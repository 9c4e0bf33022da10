import { aMessage } from '../build.ts';
import { daysAgo, seenIn, skipped } from '../demo-message.ts';
import type { DemoMessage } from '../demo-message.ts';
import { ANA, BEN, JILL } from '../people.ts';

/** People who are not contacts and whose domain is no account's: near misses that must not match. */
export const STRANGERS: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(20, '04:30'),
    raw: aMessage({
      from: 'Harbour Lane Bookings <bookings@mail.harbourlane.example>',
      to: ANA,
      subject: 'Your table for two is confirmed',
      date: daysAgo(20, '04:30'),
      messageId: 'booking-5512@mail.harbourlane.example',
      text: 'Dear guest,\n\nyour table at the Pier is confirmed for Saturday at half past seven.\n',
    }),
    expect: skipped(
      'UNKNOWN_SENDER',
      'R30',
      'A subdomain of an account domain is not that domain.',
    ),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(19, '13:13'),
    raw: aMessage({
      from: 'Dale Harbour <dale@harbourlane.test>',
      to: ANA,
      subject: 'Moorings at Harbour Lane Marina',
      date: daysAgo(19, '13:13'),
      messageId: 'moorings@harbourlane.test',
      text: 'Hello,\n\nwe are the marina next door and often get your parcels. Do you want us to keep them?\n\nDale\n',
    }),
    expect: skipped(
      'UNKNOWN_SENDER',
      'R30',
      'Same name, other ending: harbourlane.test is to harbourlane.example what amazon.ca is to amazon.com.',
    ),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(18, '18:20'),
    raw: aMessage({
      from: 'Pat Winter <pat.winter.1987@gmail.com>',
      to: ANA,
      subject: 'Do you sell green beans to private people?',
      date: daysAgo(18, '18:20'),
      messageId: 'green-beans@mail.gmail.com',
      text: 'Hi, I roast at home in a popcorn machine and look for five kilos of washed Ethiopian.\n\nPat\n',
    }),
    expect: skipped(
      'UNKNOWN_SENDER',
      'R31',
      'Lena of Hart Ceramics also has a gmail.com address; that makes nobody else a contact.',
    ),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(16, '02:02'),
    raw: aMessage({
      from: { name: 'jill@harbourlane.example', address: 'invoices@fast-pay.test' },
      to: ANA,
      subject: 'Updated bank details for Harbour Lane',
      date: daysAgo(16, '02:02'),
      messageId: 'bank-details@fast-pay.test',
      text: 'Dear Ana,\n\nplease note that our bank account has changed. Kindly use the new one today.\n\nJill\n',
    }),
    expect: skipped(
      'UNKNOWN_SENDER',
      'R18',
      'The display name pretends to be Jill; it identifies nobody.',
    ),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(15, '17:40'),
    raw: aMessage({
      from: 'Robin Vale <robin@eventline.example>',
      to: ANA,
      cc: JILL,
      subject: 'Coffee bar at the spring fair',
      date: daysAgo(15, '17:40'),
      messageId: 'spring-fair@eventline.example',
      text: 'Hello Ana,\n\nJill, in copy, gave me your name. We look for a roaster who runs a bar for two days.\n\nRobin\n',
    }),
    expect: skipped(
      'UNKNOWN_SENDER',
      'R24',
      'Jill is only in copy; the sender decides for incoming mail.',
    ),
  }),
  ...seenIn(['ben/Sent'], {
    at: daysAgo(14, '08:30'),
    raw: aMessage({
      from: BEN,
      to: ['Pottery Week <hello@pottery-week.example>', 'jobs@pottery-week.example'],
      subject: 'A stand at Pottery Week?',
      date: daysAgo(14, '08:30'),
      messageId: 'pottery-week@northwind-coffee.example',
      text: 'Good morning,\n\nis there still room for a coffee stand on the second weekend? Two metres would do.\n\nBen Okafor\n',
    }),
    expect: skipped('UNKNOWN_RECIPIENTS', 'R24', 'Sent by Ben, but nobody it went to is known.'),
  }),
];
