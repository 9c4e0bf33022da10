import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countUids,
  formatUidSet,
  hasUid,
  parseUidSet,
  uidSetOf,
  uidsOf,
  withinUids,
  withoutUids,
} from '../../../domain/uid-set.ts';

const someUids = fc.array(fc.integer({ min: 1, max: 60 }));
const ascending = (uids: readonly number[]) => [...new Set(uids)].toSorted((a, b) => a - b);

test('a set holds exactly the UIDs it was made of, in the shortest form', () => {
  fc.assert(
    fc.property(someUids, (uids) => {
      const set = uidSetOf(uids);
      expect([...uidsOf(set)]).toEqual(ascending(uids));
      expect(countUids(set)).toBe(new Set(uids).size);
      for (let uid = 0; uid <= 61; uid += 1) expect(hasUid(set, uid)).toBe(uids.includes(uid));
      const gaps = set.slice(1).map(({ first }, index) => first - (set[index]?.last ?? 0));
      expect(gaps.every((gap) => gap > 1)).toBe(true);
    }),
  );
});

test('it is read back as it was written', () => {
  fc.assert(
    fc.property(someUids, (uids) => {
      expect(parseUidSet(formatUidSet(uidSetOf(uids)))).toEqual(uidSetOf(uids));
    }),
  );
});

test('R20 what is on the server and not in the ledger is the difference', () => {
  fc.assert(
    fc.property(someUids, someUids, (onServer, recorded) => {
      const missing = withoutUids(uidSetOf(onServer), ascending(recorded));
      expect([...uidsOf(missing)]).toEqual(
        ascending(onServer).filter((uid) => !recorded.includes(uid)),
      );
    }),
  );
});

test('what lies within bounds is cut there', () => {
  fc.assert(
    fc.property(someUids, fc.nat(70), fc.nat(70), (uids, first, last) => {
      expect([...uidsOf(withinUids(uidSetOf(uids), first, last))]).toEqual(
        ascending(uids).filter((uid) => uid >= first && uid <= last),
      );
    }),
  );
});

test.each([
  ['1:3,7', '1:3,7'],
  ['7,3:1', '1:3,7'],
  ['1,2,3,2:9', '1:9'],
  ['4294967295', '4294967295'],
  ['', ''],
])('%s is read as %s', (text, shortest) => {
  expect(formatUidSet(parseUidSet(text) ?? [])).toBe(shortest);
});

test.each(['0', '1:*', '*', '1:', ':1', 'a', '1,,2', '-1', '1:2:3', '4294967296', '1e9', ' 1'])(
  '%s is no set of UIDs',
  (text) => {
    expect(parseUidSet(text)).toBeNull();
  },
);

test('four billion UIDs are one range', () => {
  const set = parseUidSet('1:4294967295') ?? [];
  expect([set.length, countUids(set)]).toEqual([1, 4_294_967_295]);
  expect(withoutUids(set, [5])).toEqual([
    { first: 1, last: 4 },
    { first: 6, last: 4_294_967_295 },
  ]);
});
