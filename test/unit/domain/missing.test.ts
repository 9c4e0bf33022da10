import { expect, test } from 'vitest';
import {
  MISSING_CAUSES,
  missingCauses,
  type FolderSight,
  type MailboxSight,
} from '../../../domain/missing.ts';

const NOW = new Date('2026-01-10T12:00:00Z');
const LAST = new Date('2026-01-10T11:00:00Z');
const FOLDER: FolderSight = {
  ...{ path: 'Gesendet', use: 'sent', startsAt: null, parkedUntil: null, missing: 0 },
};
const WATCHED: MailboxSight = {
  ...{ address: 'ana@us.example', state: 'watching', disconnectedAt: null, lastSuccessAt: LAST },
  ...{ nextVisitAt: new Date('2026-01-10T12:15:00Z'), deferred: null, protocol: 'imap' },
  ...{
    policy: { mode: 'inbox_and_sent' },
    checkpoint: {},
    folders: [FOLDER],
    undecided: 0,
    failed: 0,
  },
};

const causes = (change: Partial<MailboxSight> = {}, arrivedAt: Date | null = null) =>
  missingCauses({ ...WATCHED, ...change }, arrivedAt, NOW);
const codes = (...asked: Parameters<typeof causes>) => causes(...asked).map(({ code }) => code);
/** The one cause that a change adds. */
const added = (change: Partial<MailboxSight>) => {
  const usual = codes();
  return causes(change).find(({ code }) => !usual.includes(code));
};

test('R45 mail that nobody finds may have come after the last visit, lie elsewhere, or not exist', () => {
  expect(codes()).toEqual(['not_yet_visited', 'folder_not_read', 'not_in_mailbox']);
  expect(causes()[0]?.explanation).toBe(
    'ana@us.example was last read on 10 January 2026, 11:00 UTC; what came later is not seen yet. The next visit is due on 10 January 2026, 12:15 UTC.',
  );
  expect(causes({ lastSuccessAt: null, nextVisitAt: null })[0]?.explanation).toBe(
    'ana@us.example has not been read yet.',
  );
  expect(codes({}, new Date('2026-01-10T10:00:00Z'))).toEqual([
    'folder_not_read',
    'not_in_mailbox',
  ]);
});

test.each<[string, Partial<MailboxSight>, RegExp]>([
  [
    'disconnected',
    { state: 'disconnected', disconnectedAt: LAST },
    /was disconnected on 10 January 2026; nothing/,
  ],
  ['needs_reconnection', { state: 'needs_reconnection' }, /refuses our login/],
  ['paused', { state: 'paused' }, /is paused\. It was last read on 10 January 2026, 11:00 UTC/],
  ['backing_off', { state: 'backing_off' }, /The last visits to ana@us\.example failed/],
  [
    'deferred',
    { deferred: { lane: 'backfill', reason: 'bytes_spent', until: NOW.getTime() + 60_000 } },
    /^Reading older mail of ana@us\.example is put off until 10 January 2026, 12:01 UTC/,
  ],
  ['being_decided', { undecided: 1 }, /^1 message is fetched/],
  ['set_aside', { failed: 2 }, /^2 messages are set aside/],
  [
    'folder_unreadable',
    { folders: [{ ...FOLDER, parkedUntil: new Date('2026-01-10T13:00:00Z') }] },
    /^Gesendet cannot/,
  ],
  [
    'before_history',
    { folders: [{ ...FOLDER, startsAt: LAST }] },
    /is filed from 10 January 2026 on/,
  ],
  ['history_unread', { state: 'importing' }, /still being read, newest first/],
  [
    'history_unread',
    { checkpoint: { f: { uidValidity: '1', lastUid: 9, backfill: { next: 5, downTo: 0 } } } },
    /still being read/,
  ],
  ['known_gap', { folders: [{ ...FOLDER, missing: 3 }] }, /found 3 in Gesendet/],
])('R45 %s', (code, change, explanation) => {
  expect(added(change)).toMatchObject({
    code,
    explanation: expect.stringMatching(explanation) as string,
  });
});

test('R45 what has passed explains nothing', () => {
  const until = NOW.getTime() - 1;
  expect(codes({ deferred: { lane: 'live', reason: 'host_busy', until } })).toEqual(codes());
  expect(codes({ folders: [{ ...FOLDER, parkedUntil: LAST }] })).toEqual(codes());
  const paused = { state: 'paused', folders: [{ ...FOLDER, startsAt: LAST }] } as const;
  expect(codes(paused, new Date('2026-01-10T10:00:00Z'))).not.toContain('paused');
  expect(codes(paused, new Date('2026-01-10T11:30:00Z'))).not.toContain('before_history');
});

test('R2 the folders that are read are named, and what to do about the others', () => {
  const folders = (change: Partial<MailboxSight>) =>
    causes(change).find(({ code }) => code === 'folder_not_read')?.explanation;
  expect(folders({})).toMatch(/^Only the inbox and Gesendet are read of ana@us\.example\./);
  expect(folders({ folders: [] })).toMatch(/^Only the inbox and sent mail are/);
  expect(folders({ policy: { mode: 'inbox' } })).toMatch(/^Only the inbox is/);
  expect(folders({ policy: { mode: 'all' } })).toMatch(/^Only folders of ordinary mail are/);
  expect(folders({ policy: { mode: 'selected', paths: ['A', 'B'] } })).toMatch(/^Only A, B are/);
  expect(folders({ protocol: 'pop3' })).toMatch(/^Only the inbox is/);
  const pop3 = causes({ protocol: 'pop3' }).find(({ code }) => code === 'folder_not_read');
  expect(pop3?.advice).toMatch(/^POP3 shows nothing but the inbox/);
});

test('R45 causes come in the order of their codes', () => {
  const all = codes({
    ...{ state: 'paused', undecided: 1, failed: 1 },
    folders: [{ ...FOLDER, startsAt: LAST, missing: 1, parkedUntil: new Date('2027-01-01') }],
  }).map((code) => MISSING_CAUSES.indexOf(code));
  expect(all).toEqual(all.toSorted((a, b) => a - b));
  expect(all.length).toBeGreaterThan(6);
});
