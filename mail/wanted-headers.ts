/**
 * The header fields that rules look at. HEADER.FIELDS knows no wildcards, so the Resent- family is named one by one.
 * Nothing reads signatures: a DKIM or ARC seal says nothing without the whole message.
 */
export const WANTED_HEADERS: readonly string[] = [
  ...['Message-ID', 'References', 'In-Reply-To', 'Date', 'Subject'],
  ...['From', 'Sender', 'Reply-To', 'To', 'Cc', 'Bcc'],
  ...['Return-Path', 'Delivered-To', 'X-Original-To', 'Envelope-To', 'X-Forwarded-To'],
  ...['Resent-From', 'Resent-To', 'Resent-Cc', 'Resent-Message-ID', 'Resent-Date'],
  ...['Auto-Submitted', 'X-Auto-Response-Suppress', 'X-Autoreply', 'X-Autorespond', 'Precedence'],
  ...['X-Autoreply-From', 'X-Mail-Autoreply', 'X-Spam'],
  ...['List-Id', 'List-Unsubscribe', 'List-Post', 'Feedback-ID', 'X-Failed-Recipients'],
  ...['Content-Type', 'Sensitivity', 'X-Mailer', 'X-Loop', 'X-Mozilla-Draft-Info'],
  ...['X-Spam-Flag', 'X-Spam-Status', 'X-MS-Exchange-Organization-SCL', 'X-Microsoft-Antispam'],
  ...['X-Forefront-Antispam-Report', 'Authentication-Results', 'ARC-Authentication-Results'],
  'X-Mailroom-Id',
];

/**
 * What makes headers long, and nobody reads: traces, signatures, the notes of spam filters and keys. Servers repeat
 * the names that were asked for in the answer about every message, hence these few and not the many above.
 */
export const UNWANTED_HEADERS: readonly string[] = [
  ...['Received', 'X-Received', 'Received-SPF', 'DKIM-Signature', 'X-Google-DKIM-Signature'],
  ...['ARC-Seal', 'ARC-Message-Signature', 'X-Gm-Message-State', 'X-Google-Smtp-Source'],
  ...['X-Microsoft-Antispam-Message-Info', 'X-MS-Exchange-AntiSpam-MessageData-0'],
  ...['UI-OutboundReport', 'Autocrypt'],
];

const WANTED: ReadonlySet<string> = new Set(WANTED_HEADERS.map((name) => name.toLowerCase()));
/** RFC 5322 section 2.2, blanks before the colon in its obsolete form; what is wanted is much shorter. */
const FIELD_NAME = /([\x21-\x39\x3b-\x7e]{1,64})[ \t]*:/y;

/** The wanted fields of a header block, octets as they came, with the empty line after them. */
export function wantedFields(block: Buffer): Buffer {
  // Latin-1 keeps octets one to one.
  const text = block.toString('latin1');
  let kept = '';
  let at = 0;
  while (at < text.length && !isLineEnd(text, at)) {
    const end = endOfField(text, at);
    FIELD_NAME.lastIndex = at;
    const name = FIELD_NAME.exec(text)?.[1]?.toLowerCase();
    if (name !== undefined && WANTED.has(name)) kept += text.slice(at, end);
    at = end;
  }
  return Buffer.from(`${kept}\r\n`, 'latin1');
}

function isLineEnd(text: string, at: number): boolean {
  return text[at] === '\n' || text.startsWith('\r\n', at);
}

/** Behind the first line end that no blank follows (RFC 5322 section 2.2.3). */
function endOfField(text: string, start: number): number {
  for (let at = start; ;) {
    const end = text.indexOf('\n', at);
    if (end === -1) return text.length;
    at = end + 1;
    if (text[at] !== ' ' && text[at] !== '\t') return at;
  }
}
