import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { corpus } from '../../bench/corpus.ts';
import { latenessBetween } from '../../bench/lateness.ts';
import { median, quantile } from '../../bench/numbers.ts';
import { BENCHMARKS, parseOptions } from '../../bench/options.ts';
import { renderSection, writeResults } from '../../bench/report.ts';
import { RULES_DOMAIN, ruleMessages } from '../../bench/rules-corpus.ts';
import { parseHeaderBlock } from '../../mail/headers.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const DOCUMENT = new URL('../../docs/performance.md', import.meta.url);

test('the corpus has the same octets in every run, 28 KB a message', () => {
  const once = [...corpus(600)].map(({ raw }) => raw);
  const digest = (raws: readonly Buffer[]) =>
    createHash('sha256').update(Buffer.concat(raws)).digest('hex');
  expect(digest([...corpus(600)].map(({ raw }) => raw))).toBe(digest(once));
  const mean = once.reduce((sum, raw) => sum + raw.length, 0) / once.length;
  expect(mean).toBeGreaterThan(27_000);
  expect(mean).toBeLessThan(30_000);
});

test('the rules get the same messages in every run, each of one sender', () => {
  const once = [...ruleMessages(500)].map(({ block }) => block.toString('latin1'));
  expect([...ruleMessages(500)].map(({ block }) => block.toString('latin1'))).toEqual(once);
  const senders = once.map((block) => parseHeaderBlock(Buffer.from(block, 'latin1')).from?.address);
  expect(senders).not.toContain(undefined);
  const fromUs = senders.filter((sender) => sender?.endsWith(`@${RULES_DOMAIN}`) === true);
  expect(fromUs.length / senders.length).toBeCloseTo(0.25, 1);
});

test('a median of an even number of values lies between the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
});

test('the 95th percentile of a hundred values has five at or above it', () => {
  const values = Array.from({ length: 100 }, (_, index) => index + 1);
  expect([quantile(values, 0.95), quantile(values, 1), quantile([7], 0.99)]).toEqual([96, 100, 7]);
});

test('a visit is late from its newest plan to the next login, and one that is owed up to the end', () => {
  const users = new Map([
    ['prompt', 'a'],
    ['owed', 'b'],
    ['later', 'c'],
  ]);
  const plans = new Map([
    [
      'a',
      [
        { plannedAt: 1_000, since: 100 },
        // Replaces the one before, for which nobody came.
        { plannedAt: 1_500, since: 200 },
        { plannedAt: 61_000, since: 2_100 },
      ],
    ],
    ['b', [{ plannedAt: 4_000, since: 0 }]],
    ['c', [{ plannedAt: 20_000, since: 0 }]],
  ]);
  const logins = new Map([['prompt', [50, 2_000]]]);
  expect(latenessBetween(users, plans, logins, [0, 10_000])).toEqual([0.5, 6]);
});

test('a target that is missed is told from one that is met and from mere information', () => {
  const text = renderSection({
    title: 'Title',
    findings: [
      { what: 'fast', measured: '1', target: '< 2', isMet: true },
      { what: 'slow', measured: '3', target: '< 2', isMet: false },
      { what: 'fact', measured: '4' },
    ],
    tables: [],
  });
  expect(text.split('\n').slice(4)).toEqual([
    expect.stringMatching(/fast .* yes \|$/),
    expect.stringMatching(/slow .* NO {2}\|$/),
    expect.stringMatching(/fact .* {5}\|$/),
  ]);
});

test('results replace those of the same benchmark and nothing else', () => {
  using folder = makeTempFolder('bench');
  const file = join(folder.path, 'performance.md');
  writeFileSync(file, readFileSync(DOCUMENT));
  const all = new Map(BENCHMARKS.map((name) => [name, `of ${name}`]));
  writeResults(file, all);
  const once = readFileSync(file, 'utf8');
  writeResults(file, new Map([['import', 'of import']]));
  expect(readFileSync(file, 'utf8')).toBe(once);
  for (const text of all.values()) expect(once).toContain(`-->\n\n${text}\n\n<!-- /results -->`);
});

test.each([['--runs', '0'], ['--only', 'nothing'], ['--peer', 'fetchmail'], ['--unknown']])(
  'the bench refuses %s %s',
  (...args) => {
    expect(() => parseOptions(args)).toThrow();
  },
);

test('without flags the bench measures everything that issue 4 asks for', () => {
  const { only, runs, messages, shares, mailboxes } = parseOptions([]);
  expect({ only, runs, messages, shares, mailboxes }).toEqual({
    ...{ only: BENCHMARKS, runs: 3, messages: 5_000, shares: [0.1, 1], mailboxes: 1_000 },
  });
});
