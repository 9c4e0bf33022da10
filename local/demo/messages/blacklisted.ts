import { aMessage } from '../build.ts';
import { daysAgo, seenIn, skipped } from '../demo-message.ts';
import type { DemoMessage } from '../demo-message.ts';
import { ANA, COUNSEL, JILL, PAYROLL, PUSHY } from '../people.ts';

/** One blacklisted participant is enough, in any role, known or not. */
export const BLACKLISTED: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(13, '09:45'),
    raw: aMessage({
      from: PUSHY,
      to: ANA,
      subject: 'Fourth time lucky: paper cups at half the price?',
      date: daysAgo(13, '09:45'),
      messageId: 'fourth-time@supplies-direct.example',
      text: 'Hi Ana,\n\nyou must have missed my last three messages. Ten minutes on Tuesday?\n\nVictor\n',
    }),
    expect: skipped(
      'BLACKLISTED',
      'R20 R21',
      'The sender is a contact, and on the blacklist by address.',
    ),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(12, '14:14'),
    raw: aMessage({
      from: 'Stonebridge Billing <billing@mail.stonebridge-law.example>',
      to: ANA,
      subject: 'Our invoice for the third quarter',
      date: daysAgo(12, '14:14'),
      messageId: 'q3@mail.stonebridge-law.example',
      text: 'Dear Ms Sommer,\n\nplease find the summary of our services in your client portal.\n',
    }),
    expect: skipped('BLACKLISTED', 'R20', 'A blacklisted domain covers its subdomains.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(11, '16:36'),
    raw: aMessage({
      from: JILL,
      to: ANA,
      cc: COUNSEL,
      subject: 'Draft of the supply contract',
      date: daysAgo(11, '16:36'),
      messageId: 'contract@harbourlane.example',
      text: 'Hi Ana,\n\nDana, in copy, looks over the contract for both of us. Her notes come separately.\n\nJill\n',
    }),
    expect: skipped('BLACKLISTED', 'R21', 'Jill writes, but a blacklisted person is in copy.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(10, '08:08'),
    raw: aMessage({
      from: PAYROLL,
      to: ANA,
      subject: 'Question about a former employee of yours',
      date: daysAgo(10, '08:08'),
      messageId: 'payroll-question@harbourlane.example',
      text: 'Good morning,\n\nwe need a reference for somebody who worked with you until June.\n',
    }),
    expect: skipped(
      'BLACKLISTED',
      'R31',
      'At an account domain, but blacklisted: no contact is made.',
    ),
  }),
];
