import { describe, expect, test } from 'vitest';
import { readInvite } from '../../../mail/calendar.ts';
import { readContent } from '../../../mail/content.ts';

const BERLIN = [
  ...['BEGIN:VTIMEZONE', 'TZID:Our office', 'BEGIN:STANDARD', 'DTSTART:16010101T030000'],
  ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'],
  ...['END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:16010101T020000', 'TZOFFSETFROM:+0100'],
  ...[
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ],
];

function aFile(lines: readonly string[], before: readonly string[] = ['METHOD:REQUEST']): string {
  return [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', ...before, 'BEGIN:VEVENT', 'UID:1@x', ...lines],
    ...['END:VEVENT', 'END:VCALENDAR', ''],
  ].join('\r\n');
}

const timesOf = (lines: readonly string[], before?: readonly string[]) => {
  const invite = readInvite(aFile(lines, before));
  return [invite?.start, invite?.end];
};

describe('R42 an invitation', () => {
  test('says what, who, when, where', () => {
    const file = aFile([
      ...['SUMMARY:Kick', ' -off\\, part 1', 'ORGANIZER;CN="Jill":MAILTO:Jill@Customer.example'],
      ...['DTSTART:20261122T100000Z', 'DTEND:20261122T110000Z', 'LOCATION:Room\\n1'],
      ...['BEGIN:VALARM', 'SUMMARY:alarm', 'END:VALARM'],
    ]);
    expect(readInvite(file)).toEqual({
      ...{ method: 'REQUEST', summary: 'Kick-off, part 1', organizer: 'jill@customer.example' },
      ...{ start: '2026-11-22T10:00:00Z', end: '2026-11-22T11:00:00Z', location: 'Room 1' },
      uid: '1@x',
    });
  });

  test('is read beside the text of its message', async () => {
    const rest = { size: 10, disposition: null, contentId: null, encoding: '8bit' } as const;
    const part = {
      ...rest,
      part: '2',
      mediaType: 'text/calendar',
      charset: 'utf-8',
      fileName: null,
    };
    const octets = Buffer.from(aFile(['SUMMARY:Grüße'], ['METHOD:cancel']));
    const { text, calendar } = await readContent([{ part, octets }]);
    expect([text, calendar?.method, calendar?.summary]).toEqual(['', 'CANCEL', 'Grüße']);
  });

  test.each([
    [['METHOD:REPLY'], 'REPLY'],
    [['method:Counter'], 'COUNTER'],
    [[], 'PUBLISH'],
    [['METHOD:<script>'], 'PUBLISH'],
  ])('its method is that of the file: %j', (before, method) => {
    expect(readInvite(aFile([], before))?.method).toBe(method);
  });

  test.each([
    ['ORGANIZER:Jill', null],
    ['ORGANIZER:mailto:jill@customer.example,eve@evil.example', null],
    ['ORGANIZER:jill@customer.example', 'jill@customer.example'],
  ])('its organiser is an address or nobody: %s', (line, organizer) => {
    expect(readInvite(aFile([line]))?.organizer).toBe(organizer);
  });

  test('of several events the first is read', () => {
    const file = aFile(['SUMMARY:one']).replace(
      'END:VCALENDAR',
      'BEGIN:VEVENT\r\nSUMMARY:two\r\nLOCATION:there\r\nEND:VEVENT\r\nEND:VCALENDAR',
    );
    expect(readInvite(file)).toMatchObject({ summary: 'one', location: '' });
  });
});

describe('R42 the times of an invitation', () => {
  test.each([
    [
      'in a zone that the file describes',
      ['DTSTART;TZID=Our office:20260701T100000', 'DURATION:PT1H30M'],
      ['2026-07-01T08:00:00Z', '2026-07-01T09:30:00Z'],
    ],
    ['in its winter', ['DTSTART;TZID=Our office:20261201T100000'], ['2026-12-01T09:00:00Z', null]],
    [
      'in a zone that everybody knows',
      ['DTSTART;TZID=Europe/Berlin:20260701T100000'],
      ['2026-07-01T08:00:00Z', null],
    ],
    [
      'an hour after the clocks were changed',
      ['DTSTART;TZID=Europe/Berlin:20260329T033000'],
      ['2026-03-29T01:30:00Z', null],
    ],
    [
      'in a zone that nobody knows',
      ['DTSTART;TZID=Mars/Base:20260701T100000'],
      ['2026-07-01T10:00:00', null],
    ],
    [
      'in no zone',
      ['DTSTART:20260701T100000', 'DTEND:20260701T110000'],
      ['2026-07-01T10:00:00', '2026-07-01T11:00:00'],
    ],
    [
      'whole days',
      ['DTSTART;VALUE=DATE:20261122', 'DTEND;VALUE=DATE:20261124'],
      ['2026-11-22', '2026-11-24'],
    ],
    [
      'whole days that do not say so',
      ['DTSTART:20261122', 'DTEND:20261124'],
      ['2026-11-22', '2026-11-24'],
    ],
    ['no time', ['DTSTART:tomorrow'], [null, null]],
    ['the 13th month', ['DTSTART:20261399T100000Z'], [null, null]],
    ['none', [], [null, null]],
  ])('%s', (_name, lines, times) => {
    expect(timesOf(lines, BERLIN)).toEqual(times);
  });
});

describe('files that are no invitations, or mean harm', () => {
  test.each([
    ['nothing', ''],
    ['a text', 'Hello'],
    ['no event', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR'],
    ['an event outside of a calendar', 'BEGIN:VEVENT\r\nSUMMARY:a\r\nEND:VEVENT'],
  ])('%s is none', (_name, text) => {
    expect(readInvite(text)).toBeNull();
  });

  test('a line that is no property, and a picture, make no difference', () => {
    const file = aFile([
      'no property',
      `ATTACH;ENCODING=BASE64:${'A'.repeat(20_000)}`,
      'SUMMARY:a',
    ]);
    expect(readInvite(file)?.summary).toBe('a');
  });

  test('a file that was cut is read as far as it goes', () => {
    expect(readInvite('BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a')?.summary).toBe('a');
  });

  test('clocks that change every second do not hold us up', () => {
    const evil = BERLIN.map((line) => line.replace(/FREQ=YEARLY;BYDAY=-1SU;/, 'FREQ=SECONDLY;'));
    const startedAt = performance.now();
    const [start] = timesOf(['DTSTART;TZID=Our office:20260701T100000'], evil);
    expect(start).toBe('2026-07-01T10:00:00');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  test('ten megabytes of appointments take no time', () => {
    const startedAt = performance.now();
    const file = aFile(['SUMMARY:a']) + aFile(['SUMMARY:b']).repeat(60_000);
    expect(readInvite(file)?.summary).toBe('a');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
