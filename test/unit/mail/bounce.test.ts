import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport } from '../../support/delivery-report.ts';

const JILL = 'jill@customer.example';

interface Sketch {
  readonly headers?: readonly string[];
  readonly text?: string;
  /** Groups of message/delivery-status behind the one about the message. */
  readonly status?: readonly string[];
  readonly statusType?: string;
  readonly original?: string;
  readonly originalType?: string;
}

/** A report with these parts; with a text alone it is no multipart. */
function report(sketch: Sketch) {
  const { headers = [], text = '', status, original } = sketch;
  const { statusType = 'message/delivery-status', originalType = 'message/rfc822' } = sketch;
  const head = ['From: MAILER-DAEMON@mx.example', 'To: ana@acme.example', ...headers];
  if (status === undefined && original === undefined) return [...head, '', text].join('\n');
  const part = (type: string, body: string) => ['--report', `Content-Type: ${type}`, '', body, ''];
  return [
    ...head,
    'Content-Type: multipart/report; report-type=delivery-status; boundary=report',
    '',
    ...part('text/plain', text),
    ...(status === undefined
      ? []
      : part(statusType, ['Reporting-MTA: dns; mx.example', ...status].join('\n\n'))),
    ...(original === undefined ? [] : part(originalType, original)),
    '--report--',
  ].join('\n');
}

const read = (sketch: Sketch) => readReport(report(sketch)).report;
const recipientsOf = (sketch: Sketch) =>
  read(sketch)?.recipients.map(({ address, kind, status }) => [address, kind, status]) ?? [];

describe('R9 message/delivery-status (RFC 3464)', () => {
  test('each group is a recipient with what became of the message', () => {
    const status = [
      'Final-Recipient: rfc822; Jill@Customer.example\nAction: failed\nStatus: 5.1.1',
      'Final-Recipient: RFC822;<joe@customer.example>\nAction: delayed (still trying)\nStatus: 4.4.1',
      'Final-Recipient: rfc822; jim@customer.example\nAction: relayed\nStatus: 2.0.0',
    ];
    expect(recipientsOf({ status })).toEqual([
      [JILL, 'failed', '5.1.1'],
      ['joe@customer.example', 'delayed', '4.4.1'],
      ['jim@customer.example', 'delivered', '2.0.0'],
    ]);
  });

  test('who was written to comes before who it was in the end', () => {
    const group = `Original-Recipient: rfc822;${JILL}\nFinal-Recipient: x400; /S=jill/\nAction: failed`;
    expect(recipientsOf({ status: [group] })).toEqual([[JILL, 'failed', null]]);
  });

  test('a status that says nothing gives way to what the other server said', () => {
    const group = (diagnostic: string) =>
      `Final-Recipient: rfc822; ${JILL}\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: ${diagnostic}`;
    const statusOf = (diagnostic: string) => recipientsOf({ status: [group(diagnostic)] })[0]?.[2];
    expect(statusOf('smtp; 550-5.1.1 The account that you tried\n 550-5.1.1 does not exist')).toBe(
      '5.1.1',
    );
    expect(statusOf('smtp; 550 refused by 5.1.1.20')).toBe('5.0.0');
  });

  test.each([
    ['Action: error\nStatus: 5.0.0', 'failed'],
    ['Status: 4.2.2', 'delayed'],
    ['Status: 2.1.5', 'delivered'],
    ['', 'failed'],
  ])('%j means %s', (fields, kind) => {
    const group = `Final-Recipient: rfc822; ${JILL}\n${fields}`;
    expect(recipientsOf({ status: [group] })[0]?.[1]).toBe(kind);
  });

  test('addresses beyond ASCII (RFC 6533)', () => {
    const statusType = 'message/global-delivery-status';
    const group = String.raw`Final-Recipient: utf-8; j\x{FC}rgen@customer.example
Action: failed
Status: 5.1.1`;
    expect(recipientsOf({ status: [group], statusType })).toEqual([
      ['jürgen@customer.example', 'failed', '5.1.1'],
    ]);
  });
});

describe('R9 the message that a report is about', () => {
  const status = [`Final-Recipient: rfc822; ${JILL}\nAction: failed\nStatus: 5.1.1`];
  const original = `From: ana@acme.example\nTo: ${JILL}\nMessage-ID: <offer@acme.example>\n\nHi`;
  const idOf = (sketch: Sketch) => read({ status, ...sketch })?.originalMessageId;

  test.each(['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global'])(
    'comes back as %s',
    (originalType) => {
      expect(idOf({ original, originalType })).toBe('offer@acme.example');
    },
  );

  test('is named by the report, answered by it, or quoted in its text', () => {
    const named = `Final-Recipient: rfc822; ${JILL}\nOriginal-Message-ID: <named@acme.example>`;
    expect(idOf({ status: [named] })).toBe('named@acme.example');
    expect(idOf({ headers: ['In-Reply-To: <answered@acme.example>'] })).toBe(
      'answered@acme.example',
    );
    const text = `${JILL} is gone.\n\n--- Original message follows.\n\nMessage-ID: <quoted@acme.example>`;
    expect(read({ text })?.originalMessageId).toBe('quoted@acme.example');
    expect(idOf({})).toBeNull();
  });

  test('may be a report itself, to which a server has added a line', () => {
    const inner = report({ status, original }).replaceAll('report--', 'inner--');
    const wrapped = report({
      text: 'Confidential.',
      original: inner
        .replaceAll('--report', '--inner')
        .replace('boundary=report', 'boundary=inner'),
    });
    expect(readReport(wrapped).report).toMatchObject({
      recipients: [{ address: JILL, status: '5.1.1' }],
      originalMessageId: 'offer@acme.example',
    });
  });
});

describe('R9 reports from before RFC 3464', () => {
  test('Exim names the recipients in a header, and the reason in the text', () => {
    const headers = [`X-Failed-Recipients: ${JILL}, joe@customer.example`];
    const text = `The following addresses failed:\n\n  ${JILL}\n    host mx said: 550 5.1.1 unknown`;
    expect(recipientsOf({ headers, text })).toEqual([
      [JILL, 'failed', '5.1.1'],
      ['joe@customer.example', 'failed', null],
    ]);
  });

  test.each([
    [
      'qmail',
      `Hi. This is the qmail-send program.\n\n<${JILL}>:\nSorry, no mailbox here. (#5.1.1)`,
      '5.1.1',
    ],
    [
      'Postfix',
      `This is the Postfix program.\n\n<${JILL}>: host mx[192.0.2.1] said: 550 5.7.1 No`,
      '5.7.1',
    ],
    [
      'sendmail',
      `   ----- The following addresses had permanent fatal errors -----\n<${JILL}>\n\n   ----- Transcript of session follows -----\n550 5.1.2 Host unknown`,
      '5.1.2',
    ],
    [
      'Exchange 5.5',
      `Your message\n\n  To: list@acme.example\n\ndid not reach:\n\n${JILL} on Fri, 20 Jul 2001 11:08:59`,
      null,
    ],
    ['IMail', `User mailbox exceeds allowed size: ${JILL}`, null],
    [
      'Lotus',
      `Your message\n\nwas not delivered to:\n\n  ${JILL}\n\nbecause:\n\n  not listed`,
      null,
    ],
    [
      'Yahoo',
      `Message from yahoo.com.\nUnable to deliver message to the following address(es).\n\n<${JILL}>:\nno account`,
      null,
    ],
    ['a sentence', `We are sorry that ${JILL} has left us.`, null],
  ])('%s', (_server, text, status) => {
    expect(recipientsOf({ text })).toEqual([[JILL, 'failed', status]]);
  });

  test('HTML and transfer encodings are no hindrance', () => {
    const html = ['Content-Type: text/html', 'Content-Transfer-Encoding: quoted-printable'];
    const text = `<p>Not delivered to<br>=\n&lt;jill=40customer.example&gt;</p>`;
    expect(recipientsOf({ headers: html, text })).toEqual([[JILL, 'failed', null]]);
    const base64 = ['Content-Type: text/plain', 'Content-Transfer-Encoding: base64'];
    expect(
      recipientsOf({ headers: base64, text: Buffer.from(`<${JILL}>: gone`).toString('base64') }),
    ).toEqual([[JILL, 'failed', null]]);
  });

  test('a server that goes on trying has not failed', () => {
    const text = `Your message has not yet been delivered to\n\n  ${JILL}\n\nNo action is required on your part.`;
    expect(recipientsOf({ text })).toEqual([[JILL, 'delayed', null]]);
  });

  test('those of the report itself and those in the message that came back did not fail', () => {
    const text = `ana@acme.example, write to postmaster@mx.example.\n\n--- Below this line is a copy of the message.\n\nTo: ${JILL}`;
    expect(recipientsOf({ text })).toEqual([]);
  });

  test('the address that a report was sent to may name the recipient (VERP)', () => {
    const headers = ['Delivered-To: x', 'Cc: bounces+jill=customer.example@acme.example'];
    expect(recipientsOf({ headers, text: 'Not delivered.' })).toEqual([[JILL, 'failed', null]]);
  });
});

test('R9 a report that says nothing of use is none', () => {
  expect(read({ text: 'Something went wrong.' })).toBeNull();
});

test('R9 any octets give a value', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 });
  const line = fc.oneof(text, fc.constantFrom('--report', '', `<${JILL}>:`, 'Action: failed'));
  const lines = fc.array(line, { maxLength: 40 }).map((all) => all.join('\n'));
  fc.assert(
    fc.property(lines, lines, lines, (body, group, original) => {
      const found = read({ text: body, status: [group], original });
      for (const { address } of found?.recipients ?? []) expect(address).toContain('@');
    }),
    { numRuns: 200 },
  );
});
