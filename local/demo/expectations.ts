import { MAILBOX_ADDRESSES } from './company.ts';
import type { DemoMessage } from './demo-message.ts';
import type { DemoDecision } from './operations.ts';

/** A message that was not decided as the demo expects. */
export interface Surprise {
  readonly message: DemoMessage;
  readonly expected: string;
  readonly actual: string;
}

/** Where a message lies and its Message-ID: names one sighting. */
export function keyOf(message: DemoMessage): string {
  const head = message.raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  const id = /^Message-ID: <(.*)>\r?$/m.exec(head)?.[1] ?? '';
  return `${MAILBOX_ADDRESSES[message.mailbox]} ${message.folder} ${id}`;
}

export function keyOfDecision(decision: DemoDecision): string {
  const id = (decision.internetMessageId ?? '').replace(/^<|>$/g, '');
  return `${decision.mailbox.address} ${decision.folder} ${id}`;
}

/** The messages that still have no decision, of those that lie in folders which are read. */
export function undecided(
  messages: readonly DemoMessage[],
  decisions: readonly DemoDecision[],
): readonly DemoMessage[] {
  const decided = new Set(decisions.map(keyOfDecision));
  return messages.filter(
    (message) => message.expect.verdict !== 'NOT_READ' && !decided.has(keyOf(message)),
  );
}

export function surprises(
  messages: readonly DemoMessage[],
  decisions: readonly DemoDecision[],
): readonly Surprise[] {
  const byKey = new Map(decisions.map((decision) => [keyOfDecision(decision), decision]));
  return messages.flatMap((message) => {
    const decision = byKey.get(keyOf(message));
    const { verdict, reason = '' } = message.expect;
    const expected = verdict === 'LOGGED' ? verdict : `${verdict} ${reason}`;
    const actual = decision === undefined ? 'no decision' : inWords(decision);
    const isFine =
      verdict === 'NOT_READ'
        ? decision === undefined || decision.reason === reason
        : actual === expected;
    return isFine ? [] : [{ message, expected, actual }];
  });
}

function inWords({ verdict, reason, explanation }: DemoDecision): string {
  if (verdict === 'LOGGED') return verdict;
  return `${verdict} ${reason ?? explanation}`;
}
