import { aMessage } from '../build.ts';
import { daysAgo, logged, quoted, seenIn } from '../demo-message.ts';
import type { DemoMessage } from '../demo-message.ts';
import {
  ANA,
  BEN,
  HENRIK,
  JILL_PRIVATE,
  LENA,
  MARGIT,
  PRIYA,
  REYES_ORDERS,
  ROSA,
} from '../people.ts';

/** Mail that is logged because somebody in it is known, each found in another way. */

const WEEKS = 26;

/** A weekly report that nobody ever trims: every reply quotes all the earlier ones. */
const LONG_HISTORY = Array.from({ length: WEEKS }, (_, index) => index + 1).reduce(
  (history, week) =>
    quoted(
      `Week ${week}: ${40 + ((week * 7) % 9)} kg to the hotels, no complaints, machines descaled.\n\n${history}`,
      PRIYA,
      daysAgo(16 + 7 * (WEEKS + 1 - week), '16:00'),
    ),
  'Hello Ana, from now on we send you a short report every week.',
);

export const WHO_IS_WHO: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(20, '11:30'),
    raw: aMessage({
      from: 'Jill Marsh <jill+orders@harbourlane.example>',
      to: ANA,
      date: daysAgo(20, '11:30'),
      messageId: 'no-subject@harbourlane.example',
      text: 'Forgot to say: please put the invoice number on the delivery note, not only on the bag.\n\nJ.\n',
    }),
    expect: logged('R14', 'jill+orders@ is jill@; and there is no Subject field at all.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(19, '06:48'),
    raw: aMessage({
      from: 'JILL MARSH <JILL@HarbourLane.Example>',
      to: 'ANA@NORTHWIND-COFFEE.EXAMPLE',
      subject: 'Grinder at the Station café',
      date: daysAgo(19, '06:48'),
      messageId: 'grinder@harbourlane.example',
      text:
        'The grinder at the Station runs hot after about forty shots, and the dose \n' +
        'drifts by half a gram. Can somebody have a look on Friday when you are \n' +
        'here anyway?\n\nSent from my phone\n',
      isFlowed: true,
    }),
    expect: logged('R14', 'Upper and lower case do not matter; format=flowed text.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(18, '20:15'),
    raw: aMessage({
      from: JILL_PRIVATE,
      to: ANA,
      subject: 'Writing from home about the tasting',
      date: daysAgo(18, '20:15'),
      messageId: 'tasting-home@marshfamily.example',
      text:
        'Hi Ana,\n\nmy work mail is down, so from my own address: could we move the tasting to\n' +
        'Thursday at four? I would bring two of the new baristas.\n\nJill\n',
    }),
    expect: logged('R15', 'An alternate address of the same contact.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(17, '05:02'),
    raw: aMessage({
      from: REYES_ORDERS,
      to: ANA,
      subject: 'Same again please: 4 kg No. 7, whole bean',
      date: daysAgo(17, '05:02'),
      messageId: 'same-again@reyesdeli.example',
      text: '',
    }),
    expect: logged('R16', 'Two contacts share this address, both are linked; the body is empty.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(16, '16:05'),
    raw: aMessage({
      from: PRIYA,
      to: ANA,
      subject: 'Re: Weekly report, hotels and offices',
      date: daysAgo(16, '16:05'),
      messageId: 'weekly-27@oakridge-group.example',
      text: `Week 27: 47 kg, all good. The offices want to try the decaf from next month.\n\n${LONG_HISTORY}`,
    }),
    expect: logged(
      'R17',
      'A contact of two accounts goes to the default one; very long quoted history.',
    ),
  }),
  ...seenIn(['ana/Sent'], {
    at: daysAgo(15, '09:00'),
    raw: aMessage({
      from: ANA,
      to: [PRIYA, HENRIK],
      subject: 'Introduction: Priya (Oakridge) and Henrik (Fjord & Bean)',
      date: daysAgo(15, '09:00'),
      messageId: 'introduction@northwind-coffee.example',
      text:
        'Dear Priya, dear Henrik,\n\nyou both asked who else roasts on the old Probat. Now you know each other;\n' +
        'I leave it to you from here.\n\nBest\nAna\n',
    }),
    expect: logged('R7', 'One sent message on the timelines of two contacts and their accounts.'),
  }),
  ...seenIn(['ben/Sent'], {
    at: daysAgo(14, '15:30'),
    raw: aMessage({
      from: BEN,
      headers: { To: 'undisclosed-recipients:;' },
      bcc: [HENRIK, MARGIT],
      subject: 'Route change on public holidays',
      date: daysAgo(14, '15:30'),
      messageId: 'route-change@northwind-coffee.example',
      text:
        'Good afternoon,\n\non public holidays the northern route now runs one day earlier. Please have the\n' +
        'empty crates ready on the day before.\n\nBen Okafor, deliveries\n',
    }),
    expect: logged('R7 R42', 'Only Bcc recipients, visible in the copy in Sent.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(13, '12:12'),
    raw: aMessage({
      from: LENA,
      to: ANA,
      subject: 'Your 120 cups are ready',
      date: daysAgo(13, '12:12'),
      messageId: 'cups-ready@mail.gmail.com',
      html:
        '<html><head><style>p{color:#333}</style><script>document.location="https://collect.tracker.test/"</script>' +
        '</head>\n<body onload="steal()">\n<p>Hi Ana,</p>\n<p>the <b>120 cups</b> with your mark came out of the kiln today,' +
        ' two are chipped and not on the bill.</p>\n' +
        '<p><a href="javascript:alert(1)">Pick-up times</a> · <a href="https://hart-ceramics.example/times">website</a></p>\n' +
        '<p>Lena</p>\n<img src="https://pixel.tracker.test/open?id=4711" width="1" height="1">\n' +
        '<img src="https://hart-ceramics.example/kiln.jpg" alt="The kiln">\n</body></html>\n',
    }),
    expect: logged(
      'R14 R42',
      'A contact with a free-mail address, matched by the exact address. Script and tracking pixel go.',
    ),
  }),
  ...seenIn(['ben/INBOX'], {
    at: daysAgo(12, '10:20'),
    raw: aMessage({
      from: ROSA,
      to: BEN,
      cc: JILL_PRIVATE,
      subject: 'New contact for deliveries at Harbour Lane',
      date: daysAgo(12, '10:20'),
      messageId: 'rosa-intro@harbourlane.example',
      text:
        'Hello Ben,\n\nI start as shift manager at Harbour Lane and take over the deliveries from Jill.\n' +
        'My mobile number is on the door of the Old Mill. See you on Friday!\n\nRosa Lim\n',
    }),
    expect: logged(
      'R30',
      'Nobody knows Rosa, but Harbour Lane owns exactly her domain: she becomes a contact.',
    ),
  }),
  ...seenIn(['ben/Sent'], {
    at: daysAgo(11, '14:45'),
    raw: aMessage({
      from: BEN,
      to: 'Facilities <facilities@oakridgehotels.example>',
      subject: 'Access to the loading bay on Friday',
      date: daysAgo(11, '14:45'),
      messageId: 'loading-bay@northwind-coffee.example',
      text:
        'Good afternoon,\n\nour van with the number plate NW 204 arrives on Friday between six and half past\n' +
        'six. Could you please put it on the list of the loading bay?\n\nThank you\nBen Okafor\n',
    }),
    expect: logged('R7 R30', 'Written to an unknown person at the exact domain of an account.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: daysAgo(10, '03:00'),
    raw: aMessage({
      from: REYES_ORDERS,
      to: ANA,
      subject: 'Scanned delivery note 20817',
      date: daysAgo(10, '03:00'),
      messageId: null,
      text: 'Document 20817 scanned at the counter, one page. Sent by the till, model TX-9.\n',
    }),
    expect: logged('R41', 'An old till that writes no Message-ID.'),
  }),
];
