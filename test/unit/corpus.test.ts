import { expect, test } from 'vitest';
import { parseDomain, type Domain } from '../../domain/address.ts';
import { SKIP_REASONS } from '../../domain/decision.ts';
import { explainSkip } from '../../domain/explanation.ts';
import { isSharedDomain } from '../../domain/shared-domain.ts';
import { DEFAULT_POLICY } from '../../domain/policy.ts';
import { verdictOn, type RuleFacts } from '../../domain/verdict.ts';
import { readRawMessage } from '../../mail/raw-message.ts';
import { SPAM_ASSASSIN_CUSTOMERS, spamAssassinMessages } from '../support/spam-assassin.ts';

const MESSAGES = 6046;
const MAX_MS = 2000;

const FACTS: RuleFacts = {
  own: { addresses: new Set(), internalDomains: new Set(domains('spamassassin.taint.org')) },
  blacklist: { values: new Set(domains('lockergnome.com')) },
  contactNames: new Map(),
  policy: DEFAULT_POLICY,
  dismissed: new Set(),
  contactsByAddress: new Map(),
  accountByDomain: new Map(domains(...SPAM_ASSASSIN_CUSTOMERS).map((domain) => [domain, domain])),
  isSharedDomain,
  unknownCorrespondents: 'known_domain',
};

function domains(...names: readonly string[]): readonly Domain[] {
  return names.flatMap((name) => parseDomain(name) ?? []);
}

test('R41, R45 all 6,046 messages of SpamAssassin: each gets a decision with words, none is slow', () => {
  const counts = new Map<string, number>();
  const undecided: string[] = [];
  const slow: string[] = [];
  let all = 0;
  for (const { folder, file, raw: octets } of spamAssassinMessages()) {
    all += 1;
    const startedAt = performance.now();
    const raw = readRawMessage(octets);
    if (typeof raw === 'string') {
      undecided.push(`${folder}/${file}: ${raw}`);
      continue;
    }
    const { headers, structure } = raw;
    const seen = { flags: [], folderUse: 'inbox', arrivedAt: new Date(), startsAt: null } as const;
    const verdict = verdictOn({ ...seen, headers, structure, earlier: null }, FACTS);
    if (performance.now() - startedAt > MAX_MS) slow.push(file);
    const reason = verdict.kind === 'skip' ? verdict.reason : 'logged';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
    if (verdict.kind === 'log') continue;
    const words = explainSkip(verdict.reason, verdict.evidence, { policy: DEFAULT_POLICY });
    expect(words.explanation.length * (words.advice?.length ?? 0), file).toBeGreaterThan(0);
  }
  expect([all, undecided, slow]).toEqual([MESSAGES, [], []]);
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(MESSAGES);
  expect(counts.get('logged')).toBeGreaterThan(0);
  expect(counts.get('bulk')).toBeGreaterThan(1000);
  const reasons = [...counts.keys()].filter((reason) => reason !== 'logged');
  expect(SKIP_REASONS).toEqual(expect.arrayContaining(reasons));
});
