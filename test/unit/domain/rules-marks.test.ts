import { describe, expect, test } from 'vitest';
import { LOOP_HEADER, OWN_MAIL_HEADER, OWN_MESSAGE_ID_PREFIX } from '../../../domain/own-loop.ts';
import { verdictOf, withHeader, type Row } from '../../support/marks.ts';

/** What messages say of themselves, header by header: the classes of R5, R6, R9 and R13, edge by edge. */

const ROWS = {
  'R5 drafts': [
    ['the flag', 'draft | flag \\Draft', { flags: ['\\Draft'] }],
    ['a message that is merely flagged', null, { flags: ['\\Flagged', '\\Answered'] }],
  ],
  'R6 spam': [
    ['the keyword of Thunderbird', 'spam | keyword Junk', { flags: ['Junk'] }],
    ["Gmail's label", 'spam | keyword \\Spam', { flags: ['\\Inbox', '\\Spam'] }],
    ['and NonJunk', null, withHeader('X-Spam-Flag', 'YES', { flags: ['NonJunk'] })],
    ['a label of a user that is called like it', null, { flags: ['spam'] }],
    [
      'the header of SpamAssassin, and its value',
      'spam | X-Spam-Status: Yes, score=9.1 required=5.0',
      withHeader('X-Spam-Status', 'Yes, score=9.1 required=5.0'),
    ],
    ['the header of Rspamd', 'spam | X-Spam: Yes', withHeader('X-Spam', 'Yes')],
    [
      'the verdict of Exchange Online',
      'spam | X-Forefront-Antispam-Report: SFV:SPM',
      withHeader('X-Forefront-Antispam-Report', 'CIP:192.0.2.1;CTRY:;SFV:SPM;H:x;DIR:INB;'),
    ],
    [
      'not the verdict that it is none',
      null,
      withHeader('X-Forefront-Antispam-Report', 'CIP:192.0.2.1;SFV:NSPM;DIR:INB;'),
    ],
    [
      "not what the sender's servers thought of it",
      null,
      withHeader('X-Forefront-Antispam-Report', 'CIP:255.255.255.255;SFV:SPM;DIR:OUT;'),
    ],
    ['SCL 4', null, withHeader('X-MS-Exchange-Organization-SCL', '4')],
  ],
  'R9 newsletters': [
    [
      'List-Id, with its value',
      'bulk | List-Id: News <news.shop.example>',
      withHeader('List-Id', 'News <news.shop.example>'),
    ],
    ['List-Post', 'bulk | List-Post: NO', withHeader('List-Post', 'NO')],
    ['Precedence: junk', 'bulk | Precedence: junk', withHeader('Precedence', 'junk')],
    ['Precedence: first-class', null, withHeader('Precedence', 'first-class')],
    [
      'a sender that calls itself one, with Feedback-ID',
      'bulk | sender newsletter@shop.example, Feedback-ID: 7:shop:x',
      withHeader('Feedback-ID', '7:shop:x', { from: 'Newsletter@shop.example' }),
    ],
    [
      'Feedback-ID, and complaints of many',
      'bulk | Feedback-ID: 7, X-Microsoft-Antispam: BCL:8',
      { fields: { 'Feedback-ID': '7', 'X-Microsoft-Antispam': 'BCL:8;ARA:1' } },
    ],
    ['complaints of few', null, withHeader('X-Microsoft-Antispam', 'BCL:0;ARA:1')],
    ['a sender that calls itself one and nothing else', null, { from: 'news@customer.example' }],
    ['Feedback-ID alone', null, withHeader('Feedback-ID', '7:shop:x')],
    [
      'the order system of a customer: noreply@ through a service',
      null,
      withHeader('Feedback-ID', '1.eu-west-1.x:AmazonSES', { from: 'noreply@customer.example' }),
    ],
    [
      'our own notes to customers through a service',
      null,
      withHeader('Feedback-ID', '7', { from: 'news@acme.example', to: ['jill@customer.example'] }),
    ],
    [
      'R7 what one of us sent to one person, with the List-Unsubscribe of a sales program',
      null,
      {
        ...{ from: 'ana@acme.example', to: ['jill@customer.example'], folderUse: 'sent' },
        fields: { 'List-Unsubscribe': '<https://u.example/7>' },
      },
    ],
    [
      'our own newsletter as it arrives in an inbox',
      'bulk | List-Unsubscribe: <https://u.example/7>',
      withHeader('List-Unsubscribe', '<https://u.example/7>', {
        ...{ from: 'ana@acme.example', to: ['jill@customer.example'] },
      }),
    ],
    [
      'a header that is longer than anybody reads',
      `bulk | List-Id: ${'x'.repeat(160)}…`,
      withHeader('List-Id', 'x'.repeat(5000)),
    ],
    [
      'a header that turns the line around',
      'bulk | List-Id: a b',
      withHeader('List-Id', 'a\u202e\u0007b'),
    ],
  ],
  'R9 our own loop': [
    ['a notice of ours', `own_loop | ${OWN_MAIL_HEADER}: 7`, withHeader(OWN_MAIL_HEADER, '7')],
    [
      'by its Message-ID',
      `own_loop | Message-ID: ${OWN_MESSAGE_ID_PREFIX}7@acme.example`,
      { internetMessageId: `${OWN_MESSAGE_ID_PREFIX}7@acme.example` },
    ],
    [
      'what a program of ours sent',
      `own_loop | ${LOOP_HEADER}: Ana@freelance.example`,
      withHeader(LOOP_HEADER, 'Ana@freelance.example', {
        ...{ from: 'desk@acme.example', to: ['jill@customer.example'] },
      }),
    ],
    [
      "a customer's mail that a rule of ours passed on",
      null,
      withHeader(LOOP_HEADER, 'ana@freelance.example'),
    ],
    [
      "the loop of a stranger's program",
      null,
      withHeader(LOOP_HEADER, 'x@else.example', {
        ...{ from: 'desk@acme.example', to: ['jill@customer.example'] },
      }),
    ],
  ],
  'R13 personal mail': [
    ['Private', 'personal | Sensitivity: Private', withHeader('Sensitivity', 'Private')],
    ['Normal', null, withHeader('Sensitivity', 'Normal')],
    ['Company-Confidential', null, withHeader('Sensitivity', 'Company-Confidential')],
  ],
} satisfies Record<string, readonly Row[]>;

describe.each(Object.entries(ROWS))('%s', (_title, rows: readonly Row[]) => {
  test.each(rows)('%s: %s', (_name, verdict, intent) => {
    expect(verdictOf(intent)).toBe(verdict);
  });
});

test.each([
  ['skip', 'Company-Confidential', 'personal | Sensitivity: Company-Confidential'],
  ['skip', 'company confidential', 'personal | Sensitivity: company confidential'],
  ['skip', 'Normal', null],
  ['log', 'Company-Confidential', null],
  ['log', 'Personal', 'personal | Sensitivity: Personal'],
] as const)(
  'R13 under companyConfidential: %s, %s is %s',
  (companyConfidential, value, verdict) => {
    expect(verdictOf(withHeader('Sensitivity', value), { companyConfidential })).toBe(verdict);
  },
);
