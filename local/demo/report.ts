import { keyOf, surprises } from './expectations.ts';
import type { DemoMessage } from './demo-message.ts';
import type { DemoDecision, DemoEngagement } from './operations.ts';
import { table } from './table.ts';

const WIDTH = 120;
const LOGGED_COLUMNS = [
  { title: 'When (UTC)', width: 16 },
  { title: '', width: 3 },
  { title: 'Subject', width: 40 },
  { title: 'Contacts → accounts', width: 43 },
  { title: 'Mailboxes', width: 10 },
];
const SKIPPED_COLUMNS = [
  { title: 'From', width: 46 },
  { title: 'Subject', width: 52 },
  { title: 'Where', width: 14 },
];

/** The two tables, the sum, and whether everything came out as the demo means it. */
export function report(
  messages: readonly DemoMessage[],
  decisions: readonly DemoDecision[],
  engagements: readonly DemoEngagement[],
): readonly string[] {
  const skipped = decisions.filter(({ verdict }) => verdict === 'SKIPPED');
  const loggedCount = decisions.filter(({ verdict }) => verdict === 'LOGGED').length;
  const failedCount = decisions.length - skipped.length - loggedCount;
  return [
    '',
    `LOGGED: ${engagements.length} engagements`,
    ...loggedTable(engagements),
    '',
    `SKIPPED: ${skipped.length} messages, and why`,
    ...skippedByReason(skipped),
    '',
    `${decisions.length} messages seen: ${loggedCount} logged as ${engagements.length} engagements, ` +
      `${skipped.length} skipped${failedCount === 0 ? '' : `, ${failedCount} FAILED`}.`,
    ...verdictOn(messages, decisions),
  ];
}

function loggedTable(engagements: readonly DemoEngagement[]): readonly string[] {
  const rows = engagements
    .toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt))
    .map((engagement) => [
      new Date(engagement.occurredAt).toISOString().slice(0, 16).replace('T', ' '),
      engagement.direction === 'OUTGOING' ? 'out' : 'in',
      subject(engagement.subject),
      `${names(engagement.contacts)} → ${names(engagement.accounts)}`,
      engagement.mailboxes.map(({ address }) => user(address)).join(', '),
    ]);
  return table(LOGGED_COLUMNS, rows);
}

/** One block per reason: the rule in words once, then the messages it kept out. */
function skippedByReason(skipped: readonly DemoDecision[]): readonly string[] {
  const byReason = Map.groupBy(skipped, ({ reason }) => reason ?? '');
  return [...byReason]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([reason, decisions]) => {
      const rows = decisions.map((decision) => [
        decision.from ?? '',
        subject(decision.subject),
        `${user(decision.mailbox.address)} ${decision.folder}`,
      ]);
      const [head = '', , ...body] = table(SKIPPED_COLUMNS, rows);
      const explanation = `${reason}: ${decisions[0]?.explanation ?? ''}`;
      return ['', ...wrap(explanation, WIDTH), ...[head, ...body].map((line) => `    ${line}`)];
    });
}

function verdictOn(
  messages: readonly DemoMessage[],
  decisions: readonly DemoDecision[],
): readonly string[] {
  const unexpected = surprises(messages, decisions);
  if (unexpected.length === 0) {
    return [`All ${messages.length} messages of the demo were decided as expected.`];
  }
  return [
    `${unexpected.length} of ${messages.length} messages of the demo were NOT decided as expected:`,
    ...unexpected.map(
      ({ message, expected, actual }) =>
        `  ${keyOf(message)}: expected ${expected} (${message.expect.rule}: ${message.expect.note}), got ${actual}`,
    ),
  ];
}

function names(list: readonly { readonly name: string }[]): string {
  return list.length === 0 ? '–' : list.map(({ name }) => name).join(', ');
}

function subject(text: string | null): string {
  return text === null || text === '' ? '(no subject)' : text;
}

function user(address: string): string {
  return address.slice(0, address.indexOf('@'));
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
