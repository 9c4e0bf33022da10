import { aMessage, type Attachment } from '../local/demo/build.ts';
import { SeededRandom } from './random.ts';

/** Domains that write in equal shares: what part of them belongs to accounts is the share of customer mail. */
export const COMPANIES = 100;
export const OWN_ADDRESS = 'ana@northwind-coffee.example';
export const OWN_DOMAIN = 'northwind-coffee.example';

export interface CorpusMessage {
  readonly raw: Buffer;
  readonly internalDate: Date;
}

const SEED = 20_261_122;
const FIRST_DAY = Date.UTC(2025, 0, 1);
const MINUTE_MS = 60_000;
const PEOPLE_PER_COMPANY = 8;
/** Shares of the kinds, and octets of a file before base64: together 28 KB a message in the mean. */
const PLAIN_SHARE = 0.4;
const ALTERNATIVE_SHARE = 0.4;
const FILE_OCTETS = { low: 8_000, high: 129_000 };

const WORDS =
  'order invoice delivery coffee roast sample price question meeting contract quality pallet week ' +
  'please thank confirm attached regards machine service team offer about shipment number would';

export function companyDomain(index: number): string {
  return `company-${String(index).padStart(2, '0')}.example`;
}

/**
 * A mailbox as one finds it: plain mail, mail in two versions, mail with files; with the trace and signature fields of
 * real transport, a third of it replies. The same octets in every run.
 */
export function* corpus(messages: number): Generator<CorpusMessage> {
  const random = new SeededRandom(SEED);
  const noise = random.bytes(FILE_OCTETS.high * 2);
  const latest = new Map<string, string>();
  for (let index = 0; index < messages; index += 1) {
    const domain = companyDomain(index % COMPANIES);
    const internalDate = new Date(FIRST_DAY + index * 90 * MINUTE_MS);
    const person = random.between(1, PEOPLE_PER_COMPANY);
    const messageId = `${index}.${random.token(16).replace(/\W/g, 'x')}@mail.${domain}`;
    const earlier = random.next() < 0.35 ? latest.get(domain) : undefined;
    latest.set(domain, messageId);
    const raw = aMessage({
      from: { name: `Person ${person}`, address: `person-${person}@${domain}` },
      to: OWN_ADDRESS,
      ...(random.next() < 0.2 ? { cc: `office@${domain}` } : {}),
      subject: `${earlier === undefined ? '' : 'Re: '}${sentence(random, 6)}`,
      date: internalDate,
      messageId,
      ...(earlier === undefined ? {} : { inReplyTo: earlier, references: [earlier] }),
      headers: transportFields(random, domain, internalDate),
      ...content(random, noise, earlier !== undefined),
    });
    yield { raw, internalDate };
  }
}

function content(random: SeededRandom, noise: Buffer, isReply: boolean) {
  const body = paragraphs(random, random.between(2, 8));
  const quoted = isReply ? `\n\nOn Monday somebody wrote:\n${quote(body)}` : '';
  const text = `Hello Ana,\n\n${body}\n\nBest regards\nSomebody Else\n${quoted}`;
  const kind = random.next();
  if (kind < PLAIN_SHARE) return { text };
  const html = htmlOf(text, random);
  if (kind < PLAIN_SHARE + ALTERNATIVE_SHARE) return { text, html };
  return { text, html, attachments: [file(random, noise)] };
}

function file(random: SeededRandom, noise: Buffer): Attachment {
  const size = random.between(FILE_OCTETS.low, FILE_OCTETS.high);
  const start = random.between(0, noise.length - size);
  const [extension, mediaType] = random.pick([
    ['pdf', 'application/pdf'],
    ['png', 'image/png'],
    ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ]);
  const name = `document-${random.between(1, 9999)}.${extension}`;
  return { name, mediaType, content: noise.subarray(start, start + size) };
}

/** What a desktop program makes of a text: styles that say little at length. */
function htmlOf(text: string, random: SeededRandom): string {
  const style = `font-family:Calibri,sans-serif;font-size:11pt;color:#${random.between(100, 999)};margin:0cm`;
  const lines = text
    .split('\n')
    .map((line) => `<p class="MsoNormal" style="${style}"><span lang="EN-US">${line}</span></p>`);
  const rules = Array.from(
    { length: random.between(5, 60) },
    (_, index) => `.c${index} { mso-style-priority:${index}; padding:0; margin:0 auto; }`,
  );
  return `<html><head><style>${rules.join('\n')}</style></head><body>${lines.join('\n')}</body></html>`;
}

function paragraphs(random: SeededRandom, count: number): string {
  return Array.from({ length: count }, () =>
    Array.from({ length: random.between(2, 5) }, () => `${sentence(random, 10)}.`).join('\n'),
  ).join('\n\n');
}

function sentence(random: SeededRandom, words: number): string {
  const list = WORDS.split(' ');
  return Array.from(
    { length: words },
    () => list[random.between(0, list.length - 1)] ?? 'mail',
  ).join(' ');
}

function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

/** The 3 KB that servers put on top of a message on its way. */
function transportFields(random: SeededRandom, domain: string, date: Date): Record<string, string> {
  const at = date.toUTCString().replace('GMT', '+0000');
  const hop = (from: string, by: string) =>
    `from ${from} (${from} [192.0.2.${random.between(1, 254)}])\r\n\tby ${by} with ESMTPS id ${random.token(18)}\r\n` +
    `\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); ${at}`;
  const signature = (fields: string) =>
    `a=rsa-sha256; c=relaxed/relaxed; d=${domain};\r\n\ts=selector1; h=${fields};\r\n\tbh=${random.token(43)}=;\r\n\tb=` +
    Array.from({ length: 5 }, () => random.token(68)).join('\r\n\t ');
  const results = `mx.${OWN_DOMAIN}; dkim=pass header.i=@${domain} header.s=selector1;\r\n\tspf=pass smtp.mailfrom=person@${domain}; dmarc=pass header.from=${domain}`;
  const arc = {
    'ARC-Seal': `i=1; cv=none; ${signature('x')}`,
    'ARC-Message-Signature': `i=1; ${signature('from:to:subject:date:message-id')}`,
    'ARC-Authentication-Results': `i=1; ${results}`,
  };
  return {
    'Return-Path': `<person@${domain}>`,
    'Delivered-To': OWN_ADDRESS,
    Received: [
      hop(`mx.${OWN_DOMAIN}`, `store.${OWN_DOMAIN}`),
      hop(`out.${domain}`, `mx.${OWN_DOMAIN}`),
      hop(`desk.${domain}`, `out.${domain}`),
    ].join('\r\nReceived: '),
    ...(random.next() < 0.4 ? arc : {}),
    'Authentication-Results': results,
    'DKIM-Signature': `v=1; ${signature('from:to:subject:date:message-id:content-type')}`,
    'X-Mailer': 'Microsoft Outlook 16.0',
    'X-MS-Exchange-Transport-CrossTenantHeadersStamped': random.token(12),
    'X-Originating-Route': random.token(60),
  };
}
