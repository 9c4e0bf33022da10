import { fieldOf, inWords, isCalendarMail, shownValue, type Marked } from './header-marks.ts';
import type { MessageHeaders } from './message.ts';

/** Set by responders that are older than RFC 3834, or do not know it. */
const RESPONDER_FIELDS = [
  ['x-autoreply', 'X-Autoreply'],
  ['x-autorespond', 'X-Autorespond'],
  ['x-autoreply-from', 'X-Autoreply-From'],
  ['x-mail-autoreply', 'X-Mail-Autoreply'],
] as const;

/**
 * R9: RFC 3834 Auto-Submitted other than `no`, what older responders set, or a subject that responders write together
 * with a second hint. Calendar mail says the same of itself and is something else.
 */
export function autoReplyMark(message: Pick<Marked, 'headers' | 'structure'>): string | null {
  const mark = responderMark(message.headers) ?? subjectMark(message.headers);
  return mark === null || isCalendarMail(message) ? null : mark;
}

function responderMark(headers: MessageHeaders): string | null {
  const { fields } = headers;
  if (fields.has('auto-submitted')) {
    const submitted = fieldOf(headers, 'auto-submitted');
    if (submitted !== '' && !isNo(submitted)) return inWords('Auto-Submitted', submitted);
  }
  for (const [key, name] of RESPONDER_FIELDS) {
    if (!fields.has(key)) continue;
    const value = fieldOf(headers, key);
    if (!isNo(value)) return inWords(name, value);
  }
  return fields.has('precedence') && /^auto[_-]?reply$/i.test(fieldOf(headers, 'precedence'))
    ? inWords('Precedence', fieldOf(headers, 'precedence'))
    : null;
}

function isNo(value: string): boolean {
  return /^(?:no|false)\b/i.test(value);
}

/**
 * What responders write before the subject, in the languages of Outlook and the words of others. People write such
 * subjects too ("Out of office in August: who takes over?"), so alone they say nothing.
 */
const RESPONDER_SUBJECTS = [
  // English
  ...['automatic reply', 'auto reply', 'auto-reply', 'autoreply', 'auto response', 'auto-response'],
  ...['automatic response', 'autoresponder', 'out of office', 'out of the office', 'auto'],
  // German, Dutch
  ...[
    'automatische antwort',
    'abwesenheitsnotiz',
    'abwesenheitsmeldung',
    'abwesenheit',
    'abwesend',
  ],
  ...['nicht im büro', 'automatisch antwoord', 'afwezigheidsbericht', 'afwezigheid', 'afwezig'],
  // French, Spanish, Portuguese, Italian
  ...[
    'réponse automatique',
    'absence du bureau',
    'absent du bureau',
    "message d'absence",
    'absence',
  ],
  ...['respuesta automática', 'fuera de la oficina', 'fuera de oficina', 'ausencia'],
  ...['resposta automática', 'fora do escritório', 'ausência temporária', 'ausência'],
  ...['risposta automatica', 'fuori sede', 'fuori ufficio', 'assenza', 'assente'],
  // Swedish, Danish, Norwegian, Finnish
  ...['autosvar', 'automatiskt svar', 'frånvaro', 'frånvarande', 'automatisk svar', 'fravær'],
  ...['fraværende', 'ikke til stede', 'fraværsmelding', 'ikke på kontoret'],
  ...['automaattinen vastaus', 'poissaoloilmoitus', 'poissaolo', 'poissa'],
  // Polish, Czech, Hungarian, Russian, Turkish
  ...['automatyczna odpowiedź', 'odpowiedź automatyczna', 'poza biurem', 'nieobecność'],
  ...['automatická odpověď', 'mimo kancelář', 'automatikus válasz', 'házon kívül'],
  ...['автоматический ответ', 'автоответ', 'вне офиса', 'otomatik yanıt', 'otomatik cevap'],
  // Japanese, Chinese, Korean
  ...[
    '自動応答',
    '自動返信',
    '不在通知',
    '自动回复',
    '自動回覆',
    '不在办公室',
    '자동 회신',
    '부재중',
  ],
];

/** Tags such as `[EXTERNAL]`, then one of the above, and no letter behind it. */
const RESPONDER_SUBJECT = new RegExp(
  `^(?:\\[[^\\]]{0,40}\\]\\s*)*(?:${RESPONDER_SUBJECTS.join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
);

function subjectMark(headers: MessageHeaders): string | null {
  const hint = secondHint(headers);
  if (hint === null || !RESPONDER_SUBJECT.test(headers.subject.normalize('NFC').trim()))
    return null;
  return `Subject: ${shownValue(headers.subject)} (with ${hint})`;
}

/**
 * What ordinary mail of machines carries too. X-Auto-Response-Suppress ([MS-OXCMAIL] 2.2.3.2.14) asks others not to
 * answer; a null return path (RFC 5321 section 4.5.5) cannot be answered.
 */
function secondHint(headers: MessageHeaders): string | null {
  const { fields } = headers;
  if (fields.has('x-auto-response-suppress')) {
    const suppressed = fieldOf(headers, 'x-auto-response-suppress');
    if (!/^none\b/i.test(suppressed)) return inWords('X-Auto-Response-Suppress', suppressed);
  }
  if (fieldOf(headers, 'return-path') === '<>') return 'Return-Path: <>';
  const precedence = fieldOf(headers, 'precedence');
  return /^(?:bulk|junk)$/i.test(precedence) ? inWords('Precedence', precedence) : null;
}
