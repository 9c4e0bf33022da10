import { describe, expect, test } from 'vitest';
import { nextUids, previousUids, withinMemory } from '../../../activities/portion.ts';
import type { NewSighting } from '../../../drizzle/intake.ts';
import { PLAIN_TEXT } from '../../support/message.ts';

/** A folder with these UIDs that counts how often and how much it was asked. */
function aFolder(uids: readonly number[]) {
  const answers: number[] = [];
  return {
    answers,
    uidsAfter: (uid: number, upTo = Infinity) => {
      const found = uids.filter((candidate) => candidate > uid && candidate <= upTo);
      answers.push(found.length);
      return Promise.resolve(found);
    },
  };
}
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('R3 which UIDs a batch takes', () => {
  test('all that is new, up to the end', async () => {
    expect(await nextUids(aFolder([3, 5, 9]), 3, 9, 10)).toEqual({ uids: [5, 9], upTo: 9 });
    expect(await nextUids(aFolder([3]), 3, 20, 10)).toEqual({ uids: [], upTo: 20 });
    expect(await nextUids(aFolder([]), 5, 5, 10)).toEqual({ uids: [], upTo: 5 });
  });

  test('no more than there is room for; the rest is left for the next batch', async () => {
    expect(await nextUids(aFolder(range(1, 9)), 0, 9, 4)).toEqual({ uids: [1, 2, 3, 4], upTo: 4 });
    expect(await nextUids(aFolder([1, 2, 3, 4]), 0, 9, 4)).toEqual({ uids: [1, 2, 3, 4], upTo: 9 });
  });

  test('a huge folder is not listed from end to end for one batch', async () => {
    const folder = aFolder(range(1, 100_000));
    await nextUids(folder, 0, 100_000, 200);
    expect(folder.answers).toEqual([1_000]);
  });

  test('sparse UIDs are found in a few questions', async () => {
    const folder = aFolder([4_000_000]);
    expect(await nextUids(folder, 0, 4_000_000, 200)).toEqual({
      uids: [4_000_000],
      upTo: 4_000_000,
    });
    expect(folder.answers.length).toBeLessThan(10);
  });
});

describe('R3 which UIDs of the history a batch takes', () => {
  test('the newest first, down to the end', async () => {
    const folder = aFolder([3, 5, 9, 12]);
    expect(await previousUids(folder, 9, 3, 10)).toEqual({ uids: [9, 5], above: 3 });
    expect(await previousUids(folder, 12, 0, 2)).toEqual({ uids: [12, 9], above: 8 });
    expect(await previousUids(aFolder([]), 12, 0, 2)).toEqual({ uids: [], above: 0 });
  });

  test('a huge folder is not listed from end to end for one batch', async () => {
    const folder = aFolder(range(1, 100_000));
    const { uids, above } = await previousUids(folder, 100_000, 0, 200);
    expect([uids[0], uids.length, above]).toEqual([100_000, 200, 99_800]);
    expect(folder.answers).toEqual([1_000]);
  });
});

describe('a batch ends where its texts would be too much to hold', () => {
  const MEGABYTE = 1024 * 1024;
  const aRow = (uid: number, textOctets: number): NewSighting => ({
    ...{
      folderId: 'f',
      uidValidity: '1',
      uid,
      flags: [],
      size: textOctets,
      arrivedAt: new Date(0),
    },
    headerBlock: Buffer.alloc(0),
    bodyStructure: {
      ...PLAIN_TEXT,
      parts: PLAIN_TEXT.parts.map((part) => ({ ...part, size: textOctets })),
    },
  });
  const unreadable = [2, 40].map((uid) => ({ folderId: 'f', uidValidity: '1', uid, problem: 'x' }));

  test('ordinary mail is not cut', () => {
    const rows = range(1, 200).map((uid) => aRow(uid, 10_000));
    expect(withinMemory({ rows, unreadable })).toMatchObject({ last: null, unreadable });
  });

  test('what is left out is left for the next batch, whatever order it came in', () => {
    const rows = range(1, 20).map((uid) => aRow(uid, MEGABYTE));
    const batch = withinMemory({ rows: rows.toReversed(), unreadable });
    expect(batch.rows.map(({ uid }) => uid)).toEqual(range(1, 16));
    expect([batch.last, batch.unreadable.map(({ uid }) => uid)]).toEqual([16, [2]]);
  });

  test('of the history the newest are taken, and the rest is left', () => {
    const rows = range(1, 20).map((uid) => aRow(uid, MEGABYTE));
    const batch = withinMemory({ rows, unreadable }, { newestFirst: true });
    expect(batch.rows.map(({ uid }) => uid)).toEqual(range(5, 20).toReversed());
    expect([batch.last, batch.unreadable.map(({ uid }) => uid)]).toEqual([5, [40]]);
  });

  test('one message is taken however large it is', () => {
    const batch = withinMemory({ rows: [aRow(7, 99 * MEGABYTE)], unreadable: [] });
    expect([batch.rows.length, batch.last]).toEqual([1, null]);
  });
});
