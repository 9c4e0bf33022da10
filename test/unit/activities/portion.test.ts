import { describe, expect, test } from 'vitest';
import { nextUids, withinMemory } from '../../../activities/portion.ts';
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
    expect(withinMemory({ rows, unreadable }, 250)).toMatchObject({ upTo: 250, unreadable });
  });

  test('what is left out is left for the next batch, whatever order it came in', () => {
    const rows = range(1, 20).map((uid) => aRow(uid, MEGABYTE));
    const batch = withinMemory({ rows: rows.toReversed(), unreadable }, 250);
    expect(batch.rows.map(({ uid }) => uid)).toEqual(range(1, 16));
    expect([batch.upTo, batch.unreadable.map(({ uid }) => uid)]).toEqual([16, [2]]);
  });

  test('one message is taken however large it is', () => {
    const batch = withinMemory({ rows: [aRow(7, 99 * MEGABYTE)], unreadable: [] }, 9);
    expect([batch.rows.length, batch.upTo]).toEqual([1, 9]);
  });
});
