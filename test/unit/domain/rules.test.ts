import { describe, expect, test } from 'vitest';
import { verdictOn } from '../../../domain/verdict.ts';
import { aMessage } from '../../support/message.ts';
import { factsOf, inWords, type Differs } from '../../support/rules-world.ts';

/** The rules of spec.md section 4 in its order, one row per edge, in the workspace of test/support/rules-world.ts. */

type Intent = NonNullable<Parameters<typeof aMessage>[0]>;
type Row = readonly [string, Intent, string, Differs?];

const fromAna = (intent: Intent): Intent => ({ from: 'ana@acme.example', ...intent });
const logged = 'incoming: jill on customer';

const RULES = {
  'Which mail is looked at': [
    ['R3 before the start of the history', { startsAt: day(3) }, 'BEFORE_START'],
    ['R3 at the start of the history', { startsAt: day(2), arrivedAt: day(2) }, logged],
    ['R5 a draft by flag', { flags: ['\\Draft'] }, 'DRAFT'],
    ['R5 a draft by folder', { folderUse: 'drafts' }, 'DRAFT'],
    ['R6 spam by folder', { folderUse: 'junk' }, 'SPAM'],
    ['R6 spam by keyword', { flags: ['$Junk'] }, 'SPAM'],
    [
      'R6 a person said that it is none',
      { flags: ['$NotJunk'], fields: { 'X-Spam-Flag': 'YES' } },
      logged,
    ],
    [
      'R7 sent by us, found in Sent',
      fromAna({ to: ['jill@customer.example'], folderUse: 'sent' }),
      'outgoing: jill on customer',
    ],
    [
      'R7 sent by us, found in the inbox',
      fromAna({ to: ['jill@customer.example'] }),
      'outgoing: jill on customer',
    ],
    [
      'R7 sent by us to a hidden customer',
      fromAna({ to: [], bcc: ['jill@customer.example'], folderUse: 'sent' }),
      'outgoing: jill on customer',
    ],
    ['R9 a newsletter', { fields: { 'List-Id': '<n.customer.example>' } }, 'BULK'],
    ['R9 a list of our own', { fields: { 'List-Id': '<desk.acme.example>' } }, logged],
    ['R9 an automatic reply', { fields: { 'Auto-Submitted': 'auto-replied' } }, 'AUTO_REPLY'],
    ['R9 a bounce', { fields: { 'X-Failed-Recipients': 'x@customer.example' } }, 'BOUNCE'],
    [
      'R9 under LOG a newsletter is mail',
      { fields: { 'List-Id': '<n.x.example>' } },
      logged,
      { policy: { bulkAndAuto: 'log' } },
    ],
  ],
  'Who is who': [
    [
      'R10 own addresses only, though a contact has one',
      fromAna({ to: ['ana@freelance.example'] }),
      'ONLY_OWN_ADDRESSES',
    ],
    [
      'R10 the same behind a tag',
      fromAna({ to: ['ana+test@freelance.example'] }),
      'ONLY_OWN_ADDRESSES',
    ],
    ['R10 to oneself', fromAna({ to: ['ana@acme.example'] }), 'ONLY_OWN_ADDRESSES'],
    [
      'R10 a customer among the recipients',
      fromAna({ to: ['ana@freelance.example', 'jill@customer.example'] }),
      'outgoing: jill on customer',
    ],
    [
      'R11 an alias of a user is own',
      { from: 'ana@freelance.example', to: ['jill@customer.example'] },
      'outgoing: jill on customer',
    ],
    [
      'R11 the address of a mailbox is own',
      { from: 'desk@shared.example', to: ['ben@acme.example'] },
      'INTERNAL',
    ],
    [
      'R12 sender and all recipients internal',
      fromAna({ to: ['ben@acme.example'], cc: ['cleo@acme.example'] }),
      'INTERNAL',
    ],
    [
      'R12 a subdomain is not internal unless listed',
      fromAna({ to: ['x@shop.acme.example'] }),
      'UNKNOWN_RECIPIENTS',
    ],
    ['R13 personal', { fields: { Sensitivity: 'Personal' } }, 'PERSONAL'],
    ['R13 private', { fields: { Sensitivity: 'private' } }, 'PERSONAL'],
    ['R13 confidential, by default', { fields: { Sensitivity: 'Company-Confidential' } }, logged],
    [
      'R13 confidential, where it is kept out',
      { fields: { Sensitivity: 'Company-Confidential' } },
      'PERSONAL',
      { policy: { companyConfidential: 'skip' } },
    ],
    ['R14 in any case', { from: 'JILL@Customer.EXAMPLE' }, logged],
    ['R14 with a tag', { from: 'jill+crm@customer.example' }, logged],
    [
      'R14 with a tag that somebody has exactly',
      { from: 'jill+bot@customer.example' },
      'incoming: bot on customer',
    ],
    ['R15 from an alternate address', { from: 'jill@home.example' }, logged],
    [
      'R16 two contacts at one address',
      { from: 'office@partner.example' },
      'incoming: jack, june on other, partner',
    ],
    ['R16 two addresses of one contact', { cc: ['jill@home.example'] }, logged],
    [
      'R17 no default account: the most recently linked',
      { from: 'kim@several.example' },
      'incoming: kim on b',
    ],
    ['R17 the default account', { from: 'lou@several.example' }, 'incoming: lou on a'],
    ['R17 no account at all', { from: 'solo@gmail.com' }, 'incoming: nobody'],
    ['R18 no single sender', { from: null }, 'UNPARSABLE'],
  ],
  'What keeps a message out': [
    ['R20 an address', {}, 'BLACKLISTED', { blacklist: ['jill@customer.example'] }],
    ['R20 a domain', {}, 'BLACKLISTED', { blacklist: ['customer.example'] }],
    [
      'R20 a domain above',
      { from: 'jill@mail.customer.example' },
      'BLACKLISTED',
      { blacklist: ['customer.example'] },
    ],
    [
      'R20 a domain that ends alike',
      {},
      logged,
      { blacklist: ['mer.example', 'example.customer'] },
    ],
    [
      'R20 a subdomain does not cover the domain',
      {},
      logged,
      { blacklist: ['mail.customer.example'] },
    ],
    [
      'R21 any recipient',
      { cc: ['spy@else.example'] },
      'BLACKLISTED',
      { blacklist: ['else.example'] },
    ],
    [
      'R21 only the sender, by policy',
      { cc: ['spy@else.example'] },
      logged,
      { blacklist: ['else.example'], policy: { blacklistMode: 'sender_only' } },
    ],
    ['R21 more recipients than are read', { isCut: true }, 'TOO_LARGE'],
    ['R23 deleted stays deleted', { earlier: 'deleted' }, 'ENGAGEMENT_DELETED'],
    ['R24 an unknown sender', { from: 'x@else.example' }, 'UNKNOWN_SENDER'],
    [
      'R24 an unknown sender who writes to a customer too',
      { from: 'x@else.example', cc: ['jill@customer.example'] },
      'UNKNOWN_SENDER',
    ],
    [
      'R24 nobody known among the recipients',
      fromAna({ to: ['x@else.example'] }),
      'UNKNOWN_RECIPIENTS',
    ],
    [
      'R24 one known recipient is enough',
      fromAna({ to: ['x@else.example'], cc: ['jill@customer.example'] }),
      'outgoing: jill on customer',
    ],
    ['R24 own users count as known', { to: ['ana@acme.example', 'x@else.example'] }, logged],
    ['R24 so does the mailbox that is not shown (Bcc)', { to: ['x@else.example'] }, logged],
  ],
  'Unknown people': [
    [
      'R30 an account owns exactly the domain',
      { from: 'new@amazon.com' },
      'incoming: on amazon, new new@amazon.com',
    ],
    ['R30 another country', { from: 'new@amazon.ca' }, 'UNKNOWN_SENDER'],
    ['R30 a subdomain', { from: 'new@mail.amazon.com' }, 'UNKNOWN_SENDER'],
    [
      'R30 a recipient at a known domain',
      fromAna({ to: ['new@amazon.com'] }),
      'outgoing: on amazon, new new@amazon.com',
    ],
    [
      'R30 a tagged address makes the person behind it',
      { from: 'new+x@amazon.com' },
      'incoming: on amazon, new new@amazon.com',
    ],
    [
      'R31 a blacklisted address makes nobody',
      { from: 'jill@customer.example', cc: ['new@amazon.com'] },
      logged,
      { blacklist: ['amazon.com'], policy: { blacklistMode: 'sender_only' } },
    ],
    ['R31 free mail belongs to no account', { from: 'new@gmail.com' }, 'UNKNOWN_SENDER'],
    [
      'R32 NEVER',
      { from: 'new@amazon.com' },
      'UNKNOWN_SENDER',
      { policy: { unknownCorrespondents: 'never' } },
    ],
    [
      'R32 ALWAYS',
      { from: 'new@else.example' },
      'incoming: new new@else.example',
      { policy: { unknownCorrespondents: 'always' } },
    ],
    [
      'R32 SENT_ONLY, received',
      { from: 'new@else.example' },
      'UNKNOWN_SENDER',
      { policy: { unknownCorrespondents: 'sent_only' } },
    ],
    [
      'R32 SENT_ONLY, sent',
      fromAna({ to: ['new@else.example'] }),
      'outgoing: new new@else.example',
      { policy: { unknownCorrespondents: 'sent_only' } },
    ],
    [
      'R34 who was dismissed makes nobody',
      { from: 'new@amazon.com' },
      'UNKNOWN_SENDER',
      { dismissed: ['new@amazon.com'] },
    ],
  ],
  'The engagement': [
    ['R40 the same message again in this mailbox', { earlier: 'logged_here' }, 'DUPLICATE'],
    [
      'R42 it is incoming when the sender is from outside, wherever it lies',
      { folderUse: 'sent' },
      logged,
    ],
  ],
} satisfies Record<string, readonly Row[]>;

describe.each(Object.entries(RULES))('%s', (_title, rows: readonly Row[]) => {
  const cases = rows.map(([title, ...row]) => [title, row] as const);
  test.each(cases)('%s', (_title, [intent, expected, differs = {}]) => {
    expect(inWords(verdictOn(aMessage(intent), factsOf(differs)))).toBe(expected);
  });
});

function day(number: number): Date {
  return new Date(Date.UTC(2026, 10, number, 12));
}
