import { expect, test } from 'vitest';
import { classify } from '../../../domain/classification.ts';
import { DEFAULT_POLICY } from '../../../domain/policy.ts';
import type { BounceReport } from '../../../domain/bounce.ts';
import { corpusFolder } from '../../support/corpora.ts';
import { readReport } from '../../support/delivery-report.ts';
import { fluflSamples } from '../../support/flufl-bounces.ts';
import { aMessage } from '../../support/message.ts';
import { HAM_FOLDERS, spamAssassinMessages } from '../../support/spam-assassin.ts';

const FLUFL = corpusFolder('flufl-bounce');

const FACTS = {
  own: { addresses: new Set<never>(), internalDomains: new Set<never>() },
  blacklist: { values: new Set<string>() },
  contactNames: new Map<never, never>(),
  policy: DEFAULT_POLICY,
};

/** What becomes of a message by its headers, as in the loop, and what is then read of it. */
function look(file: Buffer): { readonly isBounce: boolean; readonly report: BounceReport | null } {
  const { headers, structure, report } = readReport(file);
  const verdict = classify({ ...aMessage(), headers, structure }, FACTS);
  return { isBounce: verdict.kind === 'skip' && verdict.reason === 'bounce', report };
}

/** Samples that flufl.bounce keeps because they must not be taken for bounces. */
const NO_BOUNCES = ['groupwise_03.txt', 'qmail_08.txt'];

/** Each was looked at. */
const MISSED = {
  'microsoft_03.txt': 'from an ordinary address, with nothing but a subject to go by',
  'simple_20.txt': 'an answer in the name of a person, with `RE:` before the subject',
  'simple_38.txt': 'says of itself that it is a read receipt (RFC 8098), and is skipped as one',
};

/** Each was looked at; none of these finds somebody whom we wrote to, so none can mark anybody. */
const OTHER_RECIPIENTS = {
  'aol_01.txt': 'names the local part of the recipient only',
  'simple_14.txt': 'names two addresses, of which we take the one that the message went to',
  'yale_01.txt': 'names the local part of the recipient only',
};

test.runIf(FLUFL !== null)('R9 bounces of 20 kinds of servers are recognised, 97 % of them', () => {
  const samples = fluflSamples(FLUFL ?? '');
  expect(samples).toHaveLength(117);
  const unseen = samples.filter(({ raw }) => !look(raw).isBounce).map(({ file }) => file);
  expect(unseen).toEqual([...Object.keys(MISSED), ...NO_BOUNCES].toSorted());
});

test.runIf(FLUFL !== null)(
  'R9 their recipients are found, and who is still being tried is told apart',
  () => {
    const bounces = fluflSamples(FLUFL ?? '').filter(({ file }) => !NO_BOUNCES.includes(file));
    const wrong = bounces.filter(({ raw, recipients }) => {
      const found = look(raw).report?.recipients.map(({ address }) => address) ?? [];
      return found.toSorted().join() !== recipients.join();
    });
    expect(wrong.map(({ file }) => file)).toEqual(Object.keys(OTHER_RECIPIENTS));
    for (const { file, raw, isTemporary } of bounces) {
      const kinds = new Set(look(raw).report?.recipients.map(({ kind }) => kind));
      kinds.delete(isTemporary ? 'delayed' : 'failed');
      expect([...kinds], file).toEqual([]);
    }
  },
);

/** Delivery reports that went to the owners of lists, looked at one by one. */
const REPORTS_AMONG_HAM = [
  'easy-ham-1/01436.dc449ba377210e77d84647619e49c872.txt',
  'easy-ham-1/01507.e06cf7fcfb3a512f43c827529c19a9e6.txt',
  'easy-ham-1/01542.ed72bf2cd81ccd4c076533fb0af004e5.txt',
  'easy-ham-2/01304.af5f3a2d3a0a19785aeaeeb3d7e36040.txt',
  'easy-ham-2/01311.b6a06b3e24130a32172b4c5225a1d5a6.txt',
];

test('R9 of 6,046 messages none is taken for a bounce that is none', () => {
  const found: string[] = [];
  let read = 0;
  for (const { folder, file, raw } of spamAssassinMessages()) {
    const { isBounce } = look(raw);
    read += 1;
    if (isBounce) found.push(`${folder}/${file}`);
  }
  expect(read).toBe(6_046);
  const inHam = found.filter((name) => HAM_FOLDERS.some((folder) => name.startsWith(folder)));
  expect(inHam).toEqual(REPORTS_AMONG_HAM);
  expect(found).toHaveLength(REPORTS_AMONG_HAM.length + 1);
}, 60_000);
