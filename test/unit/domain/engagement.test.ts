import { expect, test } from 'vitest';
import { occurredAt } from '../../../domain/engagement.ts';

const ARRIVED = '2026-11-02T10:00:00Z';

test.each([
  ['as the Date header says', '2026-10-30T08:00:00Z', '2026-10-30T08:00:00Z'],
  ['with a clock that is a little fast', '2026-11-02T20:00:00Z', '2026-11-02T20:00:00Z'],
  ['without a Date header', null, ARRIVED],
  ['from the future, to stay on top of the timeline', '2038-01-19T03:14:07Z', ARRIVED],
  ['from a clock that was never set', '1970-01-01T00:00:00Z', ARRIVED],
])('R42 when a message took place: %s', (_, sentAt, expected) => {
  const sent = sentAt === null ? null : new Date(sentAt);
  expect(occurredAt(sent, new Date(ARRIVED))).toEqual(new Date(expected));
});
