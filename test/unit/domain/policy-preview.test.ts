import { expect, test } from 'vitest';
import { skip, type SkipReason } from '../../../domain/decision.ts';
import type { Match } from '../../../domain/matching.ts';
import { effectsOf, proposedChoices, type ComparedCopy } from '../../../domain/policy-preview.ts';

const LOG: Match = {
  ...{ kind: 'log', direction: 'incoming' },
  ...{ contactIds: [], accountIds: [], newContacts: [] },
};
const outcome = (reason: SkipReason | null) => (reason === null ? LOG : skip(reason));
let copies = 0;

function aCopy(
  messageId: string,
  before: SkipReason | null,
  after: SkipReason | null,
): ComparedCopy {
  const sightingId = `s${(copies += 1)}`;
  return { messageId, sightingId, before: outcome(before), after: outcome(after) };
}

test('messages that would be logged and were not, and the other way, by reason, the most frequent first', () => {
  const effects = effectsOf([
    aCopy('a', null, 'blacklisted'),
    aCopy('b', 'unknown_sender', null),
    aCopy('c', 'unknown_sender', null),
    aCopy('d', 'bulk', 'bulk'),
    aCopy('e', null, null),
    aCopy('f', 'unknown_sender', 'blacklisted'),
  ]);
  expect(effects).toMatchObject([
    { verdict: 'logged', reason: 'unknown_sender', count: 2 },
    { verdict: 'skipped', reason: 'blacklisted', count: 1 },
  ]);
});

test('R40 a message is logged when any of its copies is', () => {
  expect(effectsOf([aCopy('a', null, 'unknown_sender'), aCopy('a', null, null)])).toEqual([]);
  expect(effectsOf([aCopy('a', 'unknown_sender', null), aCopy('a', null, null)])).toEqual([]);
  expect(effectsOf([aCopy('a', 'bulk', 'spam'), aCopy('a', 'unknown_sender', null)])).toMatchObject(
    [{ verdict: 'logged', reason: 'bulk', count: 1 }],
  );
});

test('three examples are enough, the newest copies', () => {
  const all = Array.from({ length: 5 }, (_, n) => aCopy(`m${n}`, 'bulk', null));
  const [effect] = effectsOf(all);
  expect(effect?.count).toBe(5);
  expect(effect?.sightingIds).toEqual(all.slice(0, 3).map(({ sightingId }) => sightingId));
});

test('proposed choices: what is set wins, what is cleared is gone, the rest stays', () => {
  const choices = { push: true, pollEveryMinutes: 30, retroMatch: 'on' } as const;
  const change = { set: { pollEveryMinutes: 60 }, unset: ['push', 'history'] as const };
  expect(proposedChoices(choices, change)).toEqual({ pollEveryMinutes: 60, retroMatch: 'on' });
});
