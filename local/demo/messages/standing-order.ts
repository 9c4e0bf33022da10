import { aMessage } from '../build.ts';
import { daysAgo, logged, quoted, seenIn } from '../demo-message.ts';
import type { DemoMessage } from '../demo-message.ts';
import { aPdf, aPng, aSpreadsheet } from '../files.ts';
import { ANA, BEN, JILL } from '../people.ts';

/** One conversation between a customer and both users: five messages, eight sightings, five engagements. */

const SUBJECT = 'Standing order for our three cafés';
const REPLY = `Re: ${SUBJECT}`;
const IDS = [
  'standing-order-1@harbourlane.example',
  'standing-order-2@northwind-coffee.example',
  'standing-order-3@harbourlane.example',
  'standing-order-4@northwind-coffee.example',
  'standing-order-5@harbourlane.example',
] as const;
const AT = [
  daysAgo(23, '08:12'),
  daysAgo(23, '10:40'),
  daysAgo(22, '07:55'),
  daysAgo(22, '13:20'),
  daysAgo(21, '09:05'),
] as const;

const QUESTION = `Hello Ana, hello Ben,

the trial week went well: the baristas at the Pier and at the Old Mill prefer the
Northwind No. 4 to what we pour today. We would like a standing order for all three
cafés from the first of the month, about 38 kg a week in total.

Could you send us a price list for that volume, and say which day you would deliver?

Best wishes
Jill

Jill Marsh · Harbour Lane Cafés · 14 Harbour Lane`;

const OFFER = `Dear Jill,

good news, thank you! The price list for 30 to 60 kg a week is attached. We deliver to
the harbour on Tuesdays and Fridays before seven.

Ben plans the routes; he is in copy.

Kind regards
Ana`;

const PHOTO = `Hi Ana,

prices are fine, Friday suits us. One thing: the back door of the Old Mill is narrow, I
attach a photo so that your driver knows which ramp to take.

Jill`;

const FORM = `Hi Jill,

that helps, the driver has it. Please fill in the quantities per café in the attached
sheet once; after that we repeat it every week until you tell us otherwise.

Ana`;

const CONFIRMATION = `Ana, Ben,

12 kg Pier, 16 kg Old Mill, 10 kg Station. First delivery this Friday, please.

Looking forward to it!
Jill`;

function html(text: string): string {
  const paragraphs = text.split('\n\n').map((block) => `<p>${block.replace(/\n/g, '<br>\n')}</p>`);
  return `<html><body>\n${paragraphs.join('\n')}\n</body></html>\n`;
}

export const STANDING_ORDER: readonly DemoMessage[] = [
  ...seenIn(['ana/INBOX', 'ben/INBOX'], {
    at: AT[0],
    raw: aMessage({
      from: JILL,
      to: [ANA, BEN],
      subject: SUBJECT,
      date: AT[0],
      messageId: IDS[0],
      text: `${QUESTION}\n`,
      html: html(QUESTION),
    }),
    expect: logged('R40 R42', 'A customer writes to both users: one engagement, two mailboxes.'),
  }),
  ...seenIn(['ana/Sent', 'ben/INBOX'], {
    at: AT[1],
    raw: aMessage({
      from: ANA,
      to: JILL,
      cc: BEN,
      subject: REPLY,
      date: AT[1],
      messageId: IDS[1],
      inReplyTo: IDS[0],
      references: [IDS[0]],
      text: `${OFFER}\n\n${quoted(QUESTION, JILL, AT[0])}`,
      html: html(OFFER),
      attachments: [
        aPdf('Northwind price list 30-60 kg.pdf', [
          'Northwind Coffee - price list',
          'No. 4 Espresso, 30-60 kg a week: 18.40 per kg',
          'No. 7 Filter, 30-60 kg a week: 19.10 per kg',
        ]),
      ],
    }),
    expect: logged('R7 R40', 'Sent by Ana, received by Ben in Cc: still one engagement.'),
  }),
  ...seenIn(['ana/INBOX'], {
    at: AT[2],
    raw: aMessage({
      from: JILL,
      to: ANA,
      subject: REPLY,
      date: AT[2],
      messageId: IDS[2],
      inReplyTo: IDS[1],
      references: [IDS[0], IDS[1]],
      text: `${PHOTO}\n\n${quoted(OFFER, ANA, AT[1])}`,
      attachments: [aPng('old-mill-ramp.png', [196, 164, 120])],
    }),
    expect: logged('R42 R43', 'A reply with quoted history and a picture.'),
  }),
  ...seenIn(['ana/Sent'], {
    at: AT[3],
    raw: aMessage({
      from: ANA,
      to: JILL,
      subject: REPLY,
      date: AT[3],
      messageId: IDS[3],
      inReplyTo: IDS[2],
      references: [IDS[0], IDS[1], IDS[2]],
      text: `${FORM}\n\n${quoted(PHOTO, JILL, AT[2])}`,
      attachments: [
        aSpreadsheet('standing-order.xlsx', [
          ['Café', 'kg per week'],
          ['Pier', 0],
          ['Old Mill', 0],
          ['Station', 0],
        ]),
      ],
    }),
    expect: logged('R7 R42', 'An answer from Sent with a spreadsheet.'),
  }),
  ...seenIn(['ana/INBOX', 'ben/INBOX'], {
    at: AT[4],
    raw: aMessage({
      from: JILL,
      to: [ANA, BEN],
      subject: REPLY,
      date: AT[4],
      messageId: IDS[4],
      inReplyTo: IDS[3],
      references: [...IDS.slice(0, 4)],
      text: `${CONFIRMATION}\n\n${quoted(`${FORM}\n\n${quoted(PHOTO, JILL, AT[2])}`, ANA, AT[3])}`,
      html:
        `${html(CONFIRMATION)}<blockquote type="cite">${html(FORM)}` +
        `<blockquote type="cite">${html(PHOTO)}</blockquote></blockquote>`,
    }),
    expect: logged('R40 R43', 'The end of the thread, in both inboxes, quoted two levels deep.'),
  }),
];
