import { simpleParser } from 'mailparser';
import addressparser from 'nodemailer/lib/addressparser';
import { describe, expect, test } from 'vitest';
import { DEMO_MESSAGES } from '../../../local/demo/messages.ts';
import { BLACKLIST, CONTACTS } from '../../../local/demo/company.ts';

interface Seen {
  readonly subject: string;
  readonly firstLine: string;
}

/** Message-ID (local part) -> the decoded subject and the first line of the decoded text. */
const INTENDED: Readonly<Record<string, readonly [subject: string, firstLine: string]>> = {
  'standing-order-1': ['Standing order for our three cafés', 'Hello Ana, hello Ben,'],
  'standing-order-2': ['Re: Standing order for our three cafés', 'Dear Jill,'],
  'standing-order-3': ['Re: Standing order for our three cafés', 'Hi Ana,'],
  'standing-order-4': ['Re: Standing order for our three cafés', 'Hi Jill,'],
  'standing-order-5': ['Re: Standing order for our three cafés', 'Ana, Ben,'],
  'booking-5512': ['Your table for two is confirmed', 'Dear guest,'],
  'no-subject': [
    '',
    'Forgot to say: please put the invoice number on the delivery note, not only on the bag.',
  ],
  grinder: [
    'Grinder at the Station café',
    'The grinder at the Station runs hot after about forty shots, and the dose drifts by half a gram. Can somebody have a look on Friday when you are here anyway?',
  ],
  moorings: ['Moorings at Harbour Lane Marina', 'Hello,'],
  'green-beans': [
    'Do you sell green beans to private people?',
    'Hi, I roast at home in a popcorn machine and look for five kilos of washed Ethiopian.',
  ],
  'tasting-home': ['Writing from home about the tasting', 'Hi Ana,'],
  'same-again': ['Same again please: 4 kg No. 7, whole bean', ''],
  'bank-details': ['Updated bank details for Harbour Lane', 'Dear Ana,'],
  'weekly-27': [
    'Re: Weekly report, hotels and offices',
    'Week 27: 47 kg, all good. The offices want to try the decaf from next month.',
  ],
  introduction: [
    'Introduction: Priya (Oakridge) and Henrik (Fjord & Bean)',
    'Dear Priya, dear Henrik,',
  ],
  'spring-fair': ['Coffee bar at the spring fair', 'Hello Ana,'],
  'pottery-week': ['A stand at Pottery Week?', 'Good morning,'],
  'dsn-99127': [
    'Undelivered Mail Returned to Sender',
    'This is the mail system at mx.pottery-week.example.',
  ],
  'route-change': ['Route change on public holidays', 'Good afternoon,'],
  away: [
    'Automatic reply: Route change on public holidays',
    'I am on the mountain until Monday. In urgent cases please call the bar.',
  ],
  'fourth-time': ['Fourth time lucky: paper cups at half the price?', 'Hi Ana,'],
  'cups-ready': ['Your 120 cups are ready', 'Hi Ana,'],
  voucher: [
    'Voucher for you inside!!',
    'Open the voucher now, it ends at midnight: http://voucher.fast-pay.test/',
  ],
  'rosa-intro': ['New contact for deliveries at Harbour Lane', 'Hello Ben,'],
  q3: ['Our invoice for the third quarter', 'Dear Ms Sommer,'],
  parcel: [
    'Re: your parcel could not be delivered',
    'Pay the customs fee of 1.99 here: http://customs.fast-pay.test/',
  ],
  'loading-bay': ['Access to the loading bay on Friday', 'Good afternoon,'],
  contract: ['Draft of the supply contract', 'Hi Ana,'],
  won: ['You have won an espresso machine', 'Claim it within the hour.'],
  '': [
    'Scanned delivery note 20817',
    'Document 20817 scanned at the counter, one page. Sent by the till, model TX-9.',
  ],
  'payroll-question': ['Question about a former employee of yours', 'Good morning,'],
  'sample-hoshi': ['深煎りブレンドのサンプルについて', 'Northwind Coffee ゾマー様'],
  'invoice-september': ['Счёт за сентябрьскую поставку', 'Здравствуйте, Анна!'],
  'roaster-thursday': [
    'Roaster booked for Thursday',
    'Ana, I booked the big roaster on Thursday for the Harbour Lane order. All right with you?',
  ],
  'october-order': ['关于十月份的订单', '安娜，您好！'],
  smaksnotater: ['Blåbær og fløte: smaksnotater fra Tromsø', 'Hei Ana,'],
  'self-test': [
    'Test: does this show up in the CRM?',
    'One two three. I made a contact of my other address to see what happens.',
  ],
  'news-october': [
    'Harbour Lane in October: pumpkin bread and live jazz',
    'Every Thursday in October: live jazz at the Pier from eight. The pumpkin bread is back.',
  ],
  roestgrad: ['Röstgrad für die Hausmischung – Rückfrage 🙂', 'Liebe Frau Sommer,'],
  'christmas-draft': ['Christmas hours (not finished)', 'Dear Jill,'],
  'price-change-draft': ['Price change in spring (wording?)', 'Dear Jill,'],
  'menu-draft': ['Menu cards', 'Dear Jill,'],
  'not-about-coffee': ['Not about coffee', 'Dear Ana,'],
  'invoice-20799': [
    'Urgent: open invoice 20799',
    'Please settle invoice 20799 today to avoid an interruption of your orders.',
  ],
  'both-of-us': ['From both of us', 'Thank you for the tour of the roastery!'],
};

async function read(raw: Buffer): Promise<Seen & { id: string; text: string }> {
  const mail = await simpleParser(raw, { skipTextToHtml: true });
  const text = mail.text ?? '';
  return {
    id: (mail.messageId ?? '').replace(/^<|@.*$/g, ''),
    subject: mail.subject ?? '',
    firstLine: text.split('\n')[0] ?? '',
    text,
  };
}

describe('the messages of the demo', () => {
  test('every message parses to the subject and the text that were intended', async () => {
    const seen = await Promise.all(DEMO_MESSAGES.map(({ raw }) => read(raw)));
    const table = Object.fromEntries(
      seen.map(({ id, subject, firstLine }) => [id, [subject, firstLine]]),
    );
    expect(table).toEqual(INTENDED);
    for (const { subject, text } of seen) expect(subject + text).not.toContain('\u{FFFD}');
  });

  test('every message has CRLF line ends, short lines and only ASCII headers', () => {
    for (const { raw } of DEMO_MESSAGES) {
      const bytes = raw.toString('latin1');
      expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(Math.max(...bytes.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
      expect(bytes.split('\r\n\r\n')[0]).toMatch(/^[\r\n\t\x20-\x7e]*$/);
    }
  });

  test.each([
    ['ISO-2022-JP', 'ゾマー', '1b2442253e255e213c'],
    ['windows-1251', 'Здравствуйте', 'c7e4f0e0'],
    ['GB18030', '安娜', 'b0b2c4c8'],
    ['ISO-8859-1', 'blåbær', '626ce562e672'],
  ])('the body in %s really is in that charset', async (charset, words, hex) => {
    const found = DEMO_MESSAGES.find(({ raw }) => raw.includes(`charset=${charset}`));
    const raw = found?.raw ?? Buffer.alloc(0);
    expect((await read(raw)).text).toContain(words);
    expect(textBytes(raw, charset).toString('hex')).toContain(hex);
  });

  test('the verdicts of the issue are all there', () => {
    const verdicts = DEMO_MESSAGES.map(({ expect: { verdict, reason } }) => reason ?? verdict);
    expect([...new Set(verdicts)].sort()).toEqual([
      'AUTO_REPLY',
      'BLACKLISTED',
      'BOUNCE',
      'BULK',
      'DRAFT',
      'INTERNAL',
      'LOGGED',
      'ONLY_OWN_ADDRESSES',
      'PERSONAL',
      'SPAM',
      'UNKNOWN_RECIPIENTS',
      'UNKNOWN_SENDER',
      'UNPARSABLE',
    ]);
    expect(DEMO_MESSAGES.length).toBeGreaterThanOrEqual(35);
    expect(DEMO_MESSAGES.length).toBeLessThanOrEqual(50);
  });

  test('nobody in the demo has an address that could exist', () => {
    const inHeads = DEMO_MESSAGES.flatMap(({ raw }) =>
      [...headOf(raw).matchAll(/[\w.+-]+@([\w.-]+\w)/g)].map(([, domain = '']) => domain),
    );
    const inCrm = [
      ...CONTACTS.flatMap((contact) => contact.addresses),
      ...BLACKLIST.map((e) => e.value),
    ];
    const domains = [...inHeads, ...inCrm.map((value) => value.slice(value.indexOf('@') + 1))];
    for (const domain of new Set(domains.map((name) => name.toLowerCase()))) {
      expect(domain).toMatch(/\.(example|test)$|^(mail\.)?gmail\.com$/);
    }
  });
});

describe('spoofed senders', () => {
  test('R18 the folded domain is not the address of Jill', () => {
    const spoof = DEMO_MESSAGES.find(({ raw }) => raw.includes('invoice-20799'));
    const from = /^From: (.*\r\n[ \t].*)$/m.exec(headOf(spoof?.raw ?? Buffer.alloc(0)))?.[1] ?? '';
    expect(addressparser(from)).toEqual([
      { name: '', address: 'jill@harbourlane.example.fast-pay.test' },
    ]);
  });

  test('R18 the display name of Jill stands on the address of somebody else', async () => {
    const spoof = DEMO_MESSAGES.find(({ raw }) => raw.includes('bank-details'));
    const mail = await simpleParser(spoof?.raw ?? '');
    expect(mail.from?.value).toEqual([
      { name: 'jill@harbourlane.example', address: 'invoices@fast-pay.test' },
    ]);
  });
});

function headOf(raw: Buffer): string {
  return raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
}

/** The bytes of the text part behind its transfer encoding. */
function textBytes(raw: Buffer, charset: string): Buffer {
  const [, part = ''] = raw.toString('latin1').split(`charset=${charset}\r\n`);
  const [head = '', body = ''] = part.split('\r\n\r\n');
  if (head.includes('base64')) return Buffer.from(body, 'base64');
  const decode = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  const isQuoted = head.includes('quoted-printable');
  return Buffer.from(isQuoted ? part.replace(/=([0-9A-F]{2})/g, decode) : part, 'latin1');
}
