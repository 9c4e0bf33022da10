import { describe, expect, test } from 'vitest';
import { OWN_MAIL_HEADER } from '../../../domain/own-loop.ts';
import { calendar, report, verdictOf, withHeader, type Row } from '../../support/marks.ts';

/** R9: what programs write, and what only looks like it. */

const ROWS = {
  'R9 automatic replies': [
    [
      'RFC 3834',
      'auto_reply | Auto-Submitted: auto-replied (vacation)',
      withHeader('Auto-Submitted', 'auto-replied (vacation)'),
    ],
    [
      'machine mail',
      'auto_reply | Auto-Submitted: auto-generated',
      withHeader('Auto-Submitted', 'auto-generated'),
    ],
    ['none', null, withHeader('Auto-Submitted', 'No')],
    ['an older responder', 'auto_reply | X-Autoreply: yes', withHeader('X-Autoreply', 'yes')],
    ['an older responder that is off', null, withHeader('X-Autorespond', 'no')],
    ['another one', 'auto_reply | X-Mail-Autoreply: x', withHeader('X-Mail-Autoreply', 'x')],
    [
      'a responder that calls itself bulk, lest anybody answers',
      'auto_reply | Auto-Submitted: auto-replied',
      { fields: { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk' } },
    ],
    ['X-Auto-Response-Suppress alone', null, withHeader('X-Auto-Response-Suppress', 'All')],
    ['the subject alone', null, { subject: 'Out of office' }],
    [
      'the subject with X-Auto-Response-Suppress',
      'auto_reply | Subject: Automatic reply: Offer (with X-Auto-Response-Suppress: All)',
      withHeader('X-Auto-Response-Suppress', 'All', { subject: 'Automatic reply: Offer' }),
    ],
    [
      'the subject with a null return path',
      'auto_reply | Subject: [EXT] Abwesenheitsnotiz (with Return-Path: <>)',
      withHeader('Return-Path', '<>', { subject: '[EXT] Abwesenheitsnotiz' }),
    ],
    [
      'the subject with Precedence: bulk, which is no newsletter then',
      'auto_reply | Subject: Autosvar: Tilbud (with Precedence: bulk)',
      withHeader('Precedence', 'bulk', { subject: 'Autosvar: Tilbud' }),
    ],
    [
      'an answer to an automatic reply',
      null,
      withHeader('X-Auto-Response-Suppress', 'All', { subject: 'Re: Automatic reply: Offer' }),
    ],
    [
      'a word that only begins like it',
      null,
      withHeader('X-Auto-Response-Suppress', 'All', { subject: 'Automobile fair' }),
    ],
  ],
  'R9 reports': [
    [
      'a read receipt',
      'read_receipt | multipart/report; report-type=disposition-notification',
      {
        structure: report('Disposition-Notification'),
        fields: { 'Auto-Submitted': 'auto-replied' },
      },
    ],
    [
      'a read receipt whose structure the server does not tell',
      'read_receipt | multipart/report; report-type=disposition-notification',
      withHeader(
        'Content-Type',
        'multipart/report; boundary=x; report-type="disposition-notification"',
      ),
    ],
    [
      'a complaint that a provider passes on',
      'feedback_report | multipart/report; report-type=feedback-report',
      { structure: report('feedback-report'), fields: { Precedence: 'bulk' } },
    ],
    ['a report of something else', null, { structure: report('tlsrpt') }],
  ],
  'R9 calendar mail is customer mail': [
    [
      'an invitation that a calendar sends for somebody',
      null,
      { structure: calendar(), fields: { 'Auto-Submitted': 'auto-generated' } },
    ],
    [
      'an acceptance',
      null,
      {
        ...{ structure: calendar(), subject: 'Abwesend: Review' },
        fields: { 'X-Auto-Response-Suppress': 'All', Precedence: 'bulk' },
      },
    ],
    [
      'a newsletter with an event',
      'bulk | List-Unsubscribe: <https://u.example>',
      { structure: calendar(), fields: { 'List-Unsubscribe': '<https://u.example>' } },
    ],
  ],
} satisfies Record<string, readonly Row[]>;

describe.each(Object.entries(ROWS))('%s', (_title, rows: readonly Row[]) => {
  test.each(rows)('%s: %s', (_name, verdict, intent) => {
    expect(verdictOf(intent)).toBe(verdict);
  });
});

test.each([
  ...['Automatic reply: Offer', 'Out of Office: Offer', 'Automatische Antwort: Angebot'],
  ...['Réponse automatique : Offre', 'Re\u0301ponse automatique: Offre', 'Respuesta automática: x'],
  ...['Resposta automática: x', 'Risposta automatica: x', 'Automatisch antwoord: x', 'Autosvar: x'],
  ...['Automatisk svar: x', 'Automaattinen vastaus: x', 'Odpowiedź automatyczna: x'],
  ...['Automatická odpověď: x', 'Automatikus válasz: x', 'Автоматический ответ: x'],
  ...['Otomatik Yanıt: x', '自動応答: x', '自动回复: x', '자동 회신: x'],
])('R9 %s is what responders write, in their language', (subject) => {
  const fields = { 'X-Auto-Response-Suppress': 'DR, OOF, AutoReply' };
  expect(verdictOf({ subject, fields })).toMatch(/^auto_reply/);
  expect(verdictOf({ subject })).toBeNull();
});

test.each(['read_receipt', 'feedback_report', 'own_loop'] as const)(
  'R9 %s is no matter of taste: it stays out under bulkAndAuto: LOG',
  (reason) => {
    const intents = {
      read_receipt: { structure: report('disposition-notification') },
      feedback_report: { structure: report('feedback-report') },
      own_loop: withHeader(OWN_MAIL_HEADER, '7'),
    };
    expect(verdictOf(intents[reason], { bulkAndAuto: 'log' })).toContain(reason);
  },
);

test('R9 what our own mail server reports is a bounce, not internal mail; so is what nobody sent', () => {
  const fields = { 'X-Failed-Recipients': 'x@customer.example' };
  const ours = { from: 'mailer-daemon@acme.example', to: ['ana@acme.example'], fields };
  expect(verdictOf(ours)).toMatch(/^bounce/);
  expect(verdictOf({ ...ours, from: null })).toMatch(/^bounce/);
});
