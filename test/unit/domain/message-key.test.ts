import { describe, expect, test } from 'vitest';
import { messageKeyMaterial } from '../../../domain/message-key.ts';
import { PLAIN_TEXT, theHeaders, type MessageIntent } from '../../support/message.ts';

const keyOf = (intent: MessageIntent, structure = PLAIN_TEXT) =>
  messageKeyMaterial(theHeaders(intent), structure);
const longer = {
  ...PLAIN_TEXT,
  parts: PLAIN_TEXT.parts.map((part) => ({ ...part, size: part.size + 1 })),
};

describe('R40 what makes two sightings the same message', () => {
  test('what relays add or fold on the way does not matter', () => {
    expect(keyOf({ subject: 'A  long\tsubject', fields: { Received: 'x' } }, longer)).toBe(
      keyOf({ subject: 'A long subject', fields: { 'Delivered-To': 'y' } }),
    );
  });

  test.each([
    ['sender', { from: 'other@customer.example' }],
    ['date', { sentAt: new Date('2026-11-02T10:00:01Z') }],
    ['subject', { subject: 'Another' }],
  ])('one Message-ID with another %s is another message', (_, intent) => {
    expect(keyOf(intent)).not.toBe(keyOf({}));
  });

  test('a From that names nobody counts as it stands, whatever its case', () => {
    const keyOfRaw = (fromRaw: string) =>
      messageKeyMaterial({ ...theHeaders({ from: null }), fromRaw }, PLAIN_TEXT);
    expect(keyOfRaw('Shop <shop>')).toBe(keyOfRaw('SHOP <shop>'));
    expect(keyOfRaw('Shop <shop>')).not.toBe(keyOfRaw('Bank <bank>'));
  });

  test('without a Message-ID the recipients and the sizes of the parts stand in', () => {
    const bare = { internetMessageId: null } as const;
    expect(keyOf(bare)).toBe(keyOf(bare));
    expect(keyOf(bare, longer)).not.toBe(keyOf(bare));
    expect(keyOf({ ...bare, to: ['ben@acme.example'] })).not.toBe(keyOf(bare));
    expect(keyOf({ ...bare, to: [], cc: ['ana@acme.example'] })).not.toBe(keyOf(bare));
    const [one, two] = ['a@x.example', 'b@x.example'];
    expect(keyOf({ ...bare, to: [one, two] })).toBe(keyOf({ ...bare, to: [two, one] }));
  });
});
