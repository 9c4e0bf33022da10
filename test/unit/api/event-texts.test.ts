import { expect, test } from 'vitest';
import { eventText } from '../../../api/event-texts.ts';
import { MAILBOX_EVENT_KINDS } from '../../../domain/mailbox-event.ts';

test.each(MAILBOX_EVENT_KINDS)('R56 the event %s has words, with details and without', (kind) => {
  for (const details of [
    {},
    { messages: 3, code: 'throttled', until: 1_780_000_000_000, lane: 'x' },
  ]) {
    const text = eventText({ kind, details });
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).not.toMatch(/undefined|NaN|\[object|_/);
  }
});

test('R56 numbers, causes and times stand in the words', () => {
  expect(eventText({ kind: 'messages_missing', details: { messages: 1 } })).toContain(
    '1 message that',
  );
  expect(eventText({ kind: 'quarantined', details: { messages: 2 } })).toContain('2 messages that');
  expect(eventText({ kind: 'failing', details: { code: 'timed_out' } })).toContain(
    'did not answer in time',
  );
  const parked = { reason: 'NOPERM' };
  expect(eventText({ kind: 'folder_parked', details: parked })).toContain('may not read it');
  const deferred = {
    lane: 'backfill',
    reason: 'bytes_spent',
    until: Date.parse('2026-11-22T08:15:30Z'),
  };
  expect(eventText({ kind: 'deferred', details: deferred })).toBe(
    "Reading the history is put off: its share of the day's allowance is used up. It goes on at 2026-11-22 08:15 UTC.",
  );
});

test('R56 what a server said is never quoted', () => {
  const details = { code: 'NO secret@acme.example is over quota' };
  expect(eventText({ kind: 'failing', details })).not.toContain('secret');
});
