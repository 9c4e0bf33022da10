import { describe, expect, test } from 'vitest';
import { DEMO_MESSAGES } from '../../../local/demo/messages.ts';
import { keyOf, surprises, undecided } from '../../../local/demo/expectations.ts';
import { MAILBOX_ADDRESSES } from '../../../local/demo/company.ts';
import type { DemoMessage } from '../../../local/demo/demo-message.ts';
import type { DemoDecision, DemoEngagement } from '../../../local/demo/operations.ts';
import { report } from '../../../local/demo/report.ts';
import { displayWidth } from '../../../local/demo/table.ts';

const READ = DEMO_MESSAGES.filter(({ expect: { verdict } }) => verdict !== 'NOT_READ');
const DECIDED = READ.map(decisionOn);

function decisionOn(message: DemoMessage): DemoDecision {
  const [, , id = ''] = keyOf(message).split(' ');
  return {
    verdict: message.expect.verdict === 'LOGGED' ? 'LOGGED' : 'SKIPPED',
    reason: message.expect.reason ?? null,
    explanation: message.expect.note,
    folder: message.folder,
    internetMessageId: id === '' ? null : id,
    from: 'Jill Marsh <jill@harbourlane.example>',
    subject: 'A subject that is a good deal longer than the column it has to stand in',
    mailbox: { address: MAILBOX_ADDRESSES[message.mailbox] },
    engagement: null,
  };
}

const ENGAGEMENT: DemoEngagement = {
  id: '1',
  direction: 'INCOMING',
  subject: '深煎りブレンドのサンプルについて、深煎りブレンドのサンプルについて',
  occurredAt: '2026-03-04T05:06:07Z',
  contacts: [{ name: 'Tom Reyes' }, { name: 'Sue Reyes' }],
  accounts: [{ name: 'Reyes Deli' }, { name: 'Reyes Catering' }],
  mailboxes: [{ address: MAILBOX_ADDRESSES.ana }, { address: MAILBOX_ADDRESSES.ben }],
};

test('every message of the demo is one sighting of its own', () => {
  expect(new Set(DEMO_MESSAGES.map(keyOf)).size).toBe(DEMO_MESSAGES.length);
});

describe('the report of the demo', () => {
  test('says in one line that everything was decided as expected', () => {
    const lines = report(DEMO_MESSAGES, DECIDED, [ENGAGEMENT]);
    expect(lines.at(-1)).toBe('All 50 messages of the demo were decided as expected.');
    expect(lines.at(-2)).toBe('48 messages seen: 24 logged as 1 engagements, 24 skipped.');
  });

  test('fits into 120 columns, names who and where, and groups by reason', () => {
    const lines = report(DEMO_MESSAGES, DECIDED, [ENGAGEMENT]);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(120);
    expect(lines.join('\n')).toContain('Tom Reyes, Sue Reyes → Reyes Deli, Reyes C…  ana, ben');
    expect(lines.filter((line) => line.startsWith('BLACKLISTED: '))).toHaveLength(1);
  });

  test('lists a message that was decided otherwise, and one that was not decided', () => {
    const [first, second, ...rest] = READ;
    if (first === undefined || second === undefined) throw new Error('The demo has no messages');
    const wrong = { ...decisionOn(first), verdict: 'SKIPPED' as const, reason: 'SPAM' };
    const decisions = [wrong, ...rest.map(decisionOn)];
    expect(surprises(DEMO_MESSAGES, decisions).map(({ actual }) => actual)).toEqual([
      'SKIPPED SPAM',
      'no decision',
    ]);
    expect(undecided(DEMO_MESSAGES, decisions)).toEqual([second]);
    expect(report(DEMO_MESSAGES, decisions, []).at(-3)).toContain('2 of 50 messages');
  });

  test('a message in a folder that is not read may have no decision, but never a wrong one', () => {
    const unread = DEMO_MESSAGES.filter(({ expect: { verdict } }) => verdict === 'NOT_READ');
    expect(unread).toHaveLength(2);
    const logged = unread.map((message) => ({
      ...decisionOn(message),
      verdict: 'LOGGED' as const,
      reason: null,
    }));
    expect(surprises(DEMO_MESSAGES, [...DECIDED, ...logged])).toHaveLength(2);
    expect(surprises(DEMO_MESSAGES, [...DECIDED, ...unread.map(decisionOn)])).toEqual([]);
  });
});
