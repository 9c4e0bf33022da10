import { expect, test } from 'vitest';
import { coverageOf, importShown } from '../../../api/mailbox-health.ts';
import type { FolderHealth } from '../../../drizzle/mailbox-health.ts';

const [EARLY, LATE] = [new Date('2026-11-22T08:00:00Z'), new Date('2026-11-22T09:00:00Z')];

function aFolder(checked: Partial<FolderHealth>): FolderHealth {
  return {
    ...{
      id: 'f',
      path: 'INBOX',
      use: 'inbox',
      uidValidity: '1',
      parkedUntil: null,
      parkedFor: null,
    },
    ...{ onServer: null, recorded: null, missing: null, checkedAt: null },
    ...checked,
  };
}

test('R56 coverage is the sum over folders, as old as the oldest of them', () => {
  const folders = [
    aFolder({ onServer: 10, recorded: 8, missing: 2, checkedAt: LATE }),
    aFolder({ onServer: 5, recorded: 5, missing: 0, checkedAt: EARLY }),
    aFolder({}),
    aFolder({ parkedFor: 'gone', onServer: 9, recorded: 9, missing: 9, checkedAt: EARLY }),
  ];
  expect(coverageOf(folders)).toEqual({ onServer: 15, recorded: 13, missing: 2, checkedAt: EARLY });
});

test('R56 there is no coverage before the first comparison', () => {
  expect(coverageOf([])).toBeNull();
  expect(coverageOf([aFolder({})])).toBeNull();
});

const READING = { f: { uidValidity: '1', lastUid: 9, backfill: { next: 5, downTo: 0 } } };
const READ = { f: { uidValidity: '1', lastUid: 9 } };

test('R56 the import counts down while history is left', () => {
  expect(importShown({ total: 100, done: 40 }, READING, null)).toEqual({
    ...{ total: 100, done: 40, remaining: 60, estimatedBytes: 240_000 },
    ...{ stopped: false, finishedAt: null },
  });
});

test('R56 the import ends finished or stopped, and a longer history opens it again', () => {
  const finished = { kind: 'import_finished', at: EARLY } as const;
  const stopped = { kind: 'import_stopped', at: EARLY } as const;
  const counted = { total: 100, done: 98 };
  const end = { remaining: 0, estimatedBytes: 0 };
  const over = importShown(counted, READ, finished);
  expect(over).toMatchObject({ ...end, stopped: false, finishedAt: EARLY });
  const given = importShown(counted, READ, stopped);
  expect(given).toMatchObject({ ...end, stopped: true, finishedAt: null });
  const again = importShown(counted, READING, finished);
  expect(again).toMatchObject({ remaining: 2, stopped: false, finishedAt: null });
});

test('R56 a mailbox without history has no import', () => {
  expect(importShown(null, READ, null)).toBeNull();
  expect(importShown({ total: 0, done: 0 }, READ, null)).toBeNull();
});
