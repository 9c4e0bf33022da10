import { describe, expect, test } from 'vitest';
import { bounceExplanation, saysAddressIsDead, type BounceKind } from '../../../domain/bounce.ts';
import { bounceMark } from '../../../domain/bounce-mark.ts';
import type { BodyStructure } from '../../../domain/message.ts';
import { PLAIN_TEXT, theHeaders, type MessageIntent } from '../../support/message.ts';

type Intent = MessageIntent & { readonly fromRaw?: string };

const FIRST = PLAIN_TEXT.parts[0];

function aMultipart(mediaType: string, ...types: readonly string[]): BodyStructure {
  if (FIRST === undefined) throw new Error('a text has a part');
  return {
    ...{ mediaType, parameters: {} },
    parts: types.map((type, index) => ({ ...FIRST, part: `${index + 1}`, mediaType: type })),
  };
}

const RETURNED = aMultipart('multipart/mixed', 'text/plain', 'message/rfc822');
const UNDELIVERED = 'Undelivered Mail Returned to Sender';

describe('R9 bounces are recognised by', () => {
  test.each<[string, Intent, BodyStructure?]>([
    [
      'the type of the report',
      {
        fields: { 'Content-Type': 'multipart/report;\tReport-Type="delivery-status"; boundary=x' },
      },
    ],
    [
      'the parameter in the structure',
      {},
      { ...RETURNED, parameters: { 'report-type': 'Delivery-Status' } },
    ],
    [
      'the status in it',
      {},
      aMultipart('multipart/report', 'text/plain', 'message/delivery-status'),
    ],
    [
      'its form for addresses beyond ASCII',
      {},
      aMultipart('multipart/report', 'message/global-delivery-status'),
    ],
    ['the header of Exim', { fields: { 'X-Failed-Recipients': 'jill@customer.example' } }],
    ['who sends nothing else', { from: 'mailer-daemon@customer.example' }],
    [
      'a postmaster with a null return path',
      { from: 'postmaster@x.example', fields: { 'Return-Path': '<>' } },
    ],
    [
      'the same as sendmail writes it',
      { from: 'postmaster@x.example', fields: { 'Return-Path': '<MAILER-DAEMON>' } },
    ],
    [
      'a postmaster with a subject',
      { from: 'postmaster@x.example', subject: 'Undeliverable: Offer' },
    ],
    ['nobody with a subject', { from: null, fromRaw: 'Mail <>', subject: UNDELIVERED }],
    [
      'a subject with the message that came back',
      { from: 'ndr@x.example', subject: UNDELIVERED },
      RETURNED,
    ],
  ])('%s', (_what, intent, structure) => {
    expect(bounceMark(headersOf(intent), structure ?? PLAIN_TEXT)).not.toBeNull();
  });
});

describe('R9 no bounce is', () => {
  test.each<[string, Intent, BodyStructure?]>([
    ['a postmaster who writes', { from: 'postmaster@customer.example', subject: 'Your new relay' }],
    ['an answer to a bounce', { subject: `Re: ${UNDELIVERED}` }, RETURNED],
    ['a bounce that is passed on', { subject: `Fwd: ${UNDELIVERED}` }, RETURNED],
    [
      'a bounce that is passed on with its parts',
      {},
      aMultipart('multipart/mixed', 'text/plain', 'message/delivery-status'),
    ],
    ['a parcel', { subject: 'Delivery failed: nobody at home' }],
    ['a message that was forwarded', { subject: 'FYI' }, RETURNED],
    [
      'a read receipt',
      { from: 'mailer-daemon@x.example' },
      { ...RETURNED, parameters: { 'report-type': 'disposition-notification' } },
    ],
    ['spam from nobody', { from: null, fromRaw: '"" <>', fields: { 'Return-Path': '<>' } }],
  ])('%s', (_what, intent, structure) => {
    expect(bounceMark(headersOf(intent), structure ?? PLAIN_TEXT)).toBeNull();
  });
});

test.each<[BounceKind, string | null, boolean]>([
  ['failed', '5.1.1', true],
  ['failed', '5.1.10', true],
  ['failed', '5.2.1', true],
  ['failed', '5.4.4', true],
  ['failed', '5.2.2', false],
  ['failed', '5.7.1', false],
  ['failed', '4.1.1', false],
  ['failed', null, false],
  ['delayed', '5.1.1', false],
  ['delivered', '5.1.1', false],
])('R9 %s with %s: an address is dead: %s', (kind, status, isDead) => {
  expect(saysAddressIsDead({ kind, status })).toBe(isDead);
});

test.each<[BounceKind, string | null, string]>([
  ['failed', '5.1.1', 'The message was not delivered: there is no such mailbox at this domain.'],
  ['failed', '5.2.9', 'The message was not delivered: something is wrong with the mailbox.'],
  ['failed', '5.0.0', 'The message was not delivered.'],
  ['failed', null, 'The message was not delivered.'],
  [
    'delayed',
    '4.2.2',
    'The message has not been delivered yet and is still being tried: the mailbox is full.',
  ],
  ['delivered', '2.1.5', 'The message was delivered or passed on.'],
])('R45 %s with %s in words', (kind, status, words) => {
  expect(bounceExplanation({ kind, status })).toBe(words);
});

function headersOf(intent: Intent) {
  const headers = theHeaders(intent);
  return intent.fromRaw === undefined ? headers : { ...headers, fromRaw: intent.fromRaw };
}
