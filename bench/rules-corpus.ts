import type { BodyStructure, FolderUse } from '../domain/message.ts';
import { SeededRandom } from './random.ts';

export const RULES_DOMAIN = 'northwind-coffee.example';
export const RULES_WORLD = { accounts: 10_000, contactsPerAccount: 10, blacklisted: 10_000 };

/** A message before anything is read of it: the fields that are kept of its headers, and what the server told. */
export interface RawSighting {
  readonly block: Buffer;
  readonly structure: BodyStructure;
  readonly flags: readonly string[];
  readonly folderUse: FolderUse;
}

export function customerDomain(index: number): string {
  return `company-${index}.example`;
}

export function blacklistedDomain(index: number): string {
  return `unwanted-${index}.example`;
}

/** What a mailbox of a sales team holds, in parts of a hundred. */
const KINDS = [
  ['customer', 40],
  ['sent', 15],
  ['newsletter', 15],
  ['stranger', 10],
  ['internal', 8],
  ['blacklisted', 5],
  ['automatic', 4],
  ['bounce', 2],
  ['draft', 1],
] as const;
type Kind = (typeof KINDS)[number][0];
const SEED = 20_261_122;

/** The same messages in every run; 1 KB of header fields each, four recipients in the mean. */
export function* ruleMessages(count: number): Generator<RawSighting> {
  const random = new SeededRandom(SEED);
  for (let index = 0; index < count; index += 1) {
    const kind = kindOf(random.between(0, 99));
    const customer = () => person(random, customerDomain(random.between(0, 9_999)));
    const colleague = () => person(random, RULES_DOMAIN);
    const from = senderOf(kind, random, customer, colleague);
    const others = Array.from({ length: random.between(0, 6) }, () =>
      kind === 'internal' || random.next() < 0.5 ? colleague() : customer(),
    );
    const to = kind === 'sent' ? customer() : `Ana Lima <ana@${RULES_DOMAIN}>`;
    const structure = kind === 'bounce' ? REPORT : random.pick([PLAIN, ALTERNATIVE]);
    const lines = [
      ...[
        `Return-Path: <${from.slice(from.indexOf('<') + 1)}`,
        `Delivered-To: ana@${RULES_DOMAIN}`,
      ],
      `Authentication-Results: mx.${RULES_DOMAIN}; dkim=pass header.i=@x.example; spf=pass; dmarc=pass`,
      ...[
        `From: ${from}`,
        `To: ${to}`,
        ...(others.length > 0 ? [`Cc: ${others.join(',\r\n ')}`] : []),
      ],
      `Subject: Re: ${random.token(30)}`,
      `Date: ${new Date(Date.UTC(2026, 0, 1) + index * 60_000).toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${random.token(24)}@mail.example>`,
      ...[`In-Reply-To: <${random.token(24)}@mail.example>`, `References: <${random.token(24)}@x>`],
      ...['X-Mailer: Microsoft Outlook 16.0', 'X-Spam-Status: No, score=-1.9 required=5.0'],
      'X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:US;SCL:1;SFV:NSPM;H:x;PTR:x;CAT:NONE;DIR:INB;',
      ...[`Content-Type: ${structure.mediaType}; boundary="${random.token(30)}"`, ...MARKS[kind]],
    ];
    yield {
      block: Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
      ...{ structure, flags: kind === 'draft' ? ['\\Draft'] : ['\\Seen'] },
      folderUse: kind === 'sent' ? 'sent' : 'inbox',
    };
  }
}

const MARKS: Readonly<Record<Kind, readonly string[]>> = {
  ...{ customer: [], sent: [], stranger: [], internal: [], blacklisted: [], draft: [] },
  newsletter: [
    'List-Id: Offers <offers.shop.example>',
    'List-Unsubscribe: <https://shop.example/unsubscribe/7>',
    'Precedence: bulk',
  ],
  automatic: ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'],
  bounce: ['Auto-Submitted: auto-replied', 'X-Failed-Recipients: x@customer.example'],
};

function senderOf(
  kind: Kind,
  random: SeededRandom,
  customer: () => string,
  colleague: () => string,
): string {
  switch (kind) {
    case 'sent':
    case 'internal':
      return colleague();
    case 'customer':
    case 'automatic':
    case 'draft':
      return customer();
    case 'blacklisted':
      return person(random, blacklistedDomain(random.between(0, 9_999)));
    case 'newsletter':
      return `"The Shop" <offers@shop-${random.between(0, 999)}.example>`;
    case 'stranger':
      return person(random, `stranger-${random.between(0, 99_999)}.example`);
    case 'bounce':
      return `Mail Delivery System <mailer-daemon@${RULES_DOMAIN}>`;
  }
}

function kindOf(percent: number): Kind {
  let below = 0;
  for (const [kind, share] of KINDS) {
    below += share;
    if (percent < below) return kind;
  }
  return 'customer';
}

function person(random: SeededRandom, domain: string): string {
  const number = random.between(0, RULES_WORLD.contactsPerAccount - 1);
  return `"Person ${number}" <person-${number}@${domain}>`;
}

const LEAF = { encoding: '7bit', size: 900, disposition: null, fileName: null, contentId: null };
const TEXT = { ...LEAF, part: '1', mediaType: 'text/plain', charset: 'utf-8' };
const HTML = { ...LEAF, part: '2', mediaType: 'text/html', charset: 'utf-8' };
const STATUS = { ...LEAF, part: '2', mediaType: 'message/delivery-status', charset: null };
const PLAIN: BodyStructure = { mediaType: 'text/plain', parameters: {}, parts: [TEXT] };
const ALTERNATIVE: BodyStructure = {
  ...{ mediaType: 'multipart/alternative', parameters: {}, parts: [TEXT, HTML] },
};
const REPORT: BodyStructure = {
  mediaType: 'multipart/report',
  parameters: { 'report-type': 'delivery-status' },
  parts: [TEXT, STATUS],
};
