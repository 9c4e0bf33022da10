import { describe, expect, test } from 'vitest';
import { visibleReply } from '../../../mail/content-reply.ts';

describe('R42 the introductions of quotations, in the words of mail programs', () => {
  test.each([
    'On Mon, Jan 2, 2023 at 10:00 AM Bob <bob@x.example> wrote:',
    'On Mon, Jan 2, 2023 at 10:00 AM Bob from a very long department\n<bob@x.example> wrote:',
    'On 2 Jan 2023, at 10:00, Bob wrote',
    'Am 02.01.2023 um 10:00 schrieb Bob <bob@x.example>:',
    'Am Mo., 2. Jan. 2023 um 10:00 Uhr schrieb\nBob <bob@x.example>:',
    'Le lun. 2 janv. 2023 à 10:00, Bob <bob@x.example> a écrit :',
    'El lun, 2 ene 2023 a las 10:00, Bob (<bob@x.example>) escribió:',
    'Il giorno lun 2 gen 2023 alle ore 10:00 Bob <bob@x.example> ha scritto:',
    'Em seg., 2 de jan. de 2023 às 10:00, Bob <bob@x.example> escreveu:',
    'Op ma 2 jan. 2023 om 10:00 schreef Bob <bob@x.example>:',
    'W dniu 02.01.2023 o 10:00, Bob pisze:',
    'Den mån 2 jan. 2023 kl 10:00 skrev Bob <bob@x.example>:',
    'ma 2. tammik. 2023 klo 10.00 Bob (bob@x.example) kirjoitti:',
    'пн, 2 янв. 2023 г. в 10:00, Bob <bob@x.example>:',
    '2 января 2023, 10:00 от Bob <bob@x.example> написал:',
    '在 2023年1月2日 10:00，Bob 写道：',
    '2023年1月2日(月) 10:00 Bob <bob@x.example>:',
    '2023-01-02 10:00 GMT+01:00 Bob <bob@x.example>:',
    '2023/1/2 Bob <bob@x.example>',
    'Bob <bob@x.example> wrote:',
    '---- Bob wrote ----',
    '-----Original Message-----',
    '-----Ursprüngliche Nachricht-----',
    '________________________________\nFrom: Bob <bob@x.example>\nSent: Monday\nSubject: x',
    'From: Bob\nSent: Monday, January 2, 2023 10:00 AM\nTo: Jill\nSubject: x',
    '*Von:* Bob [mailto:bob@x.example]\n*Gesendet:* Montag\n*An:* Jill\n*Betreff:* x',
    'De : Bob\nEnvoyé : lundi\nÀ : Jill\nObjet : x',
    'Från: Bob\nSkickat: måndag\nTill: Jill\nÄmne: x',
    '发件人: Bob\n发送时间: 2023年1月2日\n收件人: Jill\n主题: x',
  ])('%j', (introduction) => {
    expect(visibleReply(`Thanks!\n\n${introduction}\n\nOld text\n`)).toBe('Thanks!');
    expect(visibleReply(`Thanks!\n\n${introduction}\n\n> Old text\n> More\n`)).toBe('Thanks!');
  });
});

describe('R42 what is writing stays', () => {
  test.each([
    ['a sentence', 'He said on Monday what he wrote:\nnothing'],
    ['one that begins like an introduction', 'On the other hand, as she wrote:\nnothing'],
    ['a list', 'To: do\n- this\n- that'],
    ['one line that looks like a header', 'Date: to be discussed\n\nBye'],
    ['a journey', 'Please book\n\nFrom: Berlin\nTo: Hamburg\nDate: 1 May\n\nThank you'],
    ['an ornament', 'Visit us\n>>> here <<<\nnow'],
    ['a line that a mail file has escaped', 'Hi\n\n>From here on all is well'],
    ['a line of dashes above much text', `Part one\n-----\n${'Part two\n'.repeat(20)}`.trim()],
    [
      'a forwarded message',
      'FYI\n\n---------- Forwarded message ----------\nFrom: Bob <b@x.example>\nSubject: x\n\nText',
    ],
  ])('%s', (_name, text) => {
    expect(visibleReply(text)).toBe(text);
  });

  test('answers between the lines of a quotation', () => {
    const text = 'On Mon, Jan 2, 2023, Bob wrote:\n> When?\nToday.\n> Where?\nHere.\n';
    expect(visibleReply(text)).toBe('Today.\nHere.');
  });

  test('answers below an introduction that begins the text, however the rest is marked', () => {
    const text = 'On Mon, Jan 2, 2023, Bob wrote:\n--] When?\n\nToday.';
    expect(visibleReply(text)).toBe('--] When?\n\nToday.');
  });

  test('an answer that shares its line with the introduction', () => {
    expect(visibleReply('Yes. On Wed, Apr 4, 2012 at 3:59 PM, Bob wrote:\n> Hi')).toBe('Yes.');
  });
});

describe('R42 signatures', () => {
  test.each([
    'Hi\n\n-- \nJill\nCustomer Ltd',
    'Hi\n--\nJill',
    'Hi\n\nSent from my iPhone',
    'Hi\n\nVon meinem iPhone gesendet',
    'Hi\n\nBest regards,\nJill',
    'Hi\n\nMit freundlichen Grüßen\nJill',
    'Hi\n\nCordialement,\nJill',
    'Hi\n\n_________________\nJill\nCustomer Ltd',
    'Hi\n\n-- \nJill\n\nOn Mon, Jan 2, 2023, Bob wrote:\n> Old',
  ])('%j', (text) => {
    expect(visibleReply(text)).toBe('Hi');
  });

  test('what is as long as a letter is none', () => {
    const text = `Dear all,\nBest regards\n${'and another line\n'.repeat(40)}`.trim();
    expect(visibleReply(text)).toBe(text);
  });
});

test.each([
  ['introductions that never end', 'On Mon, Jan 2, 2023, Bob\n'.repeat(2_000)],
  ['introductions that end everywhere', 'On 1/2/2023 Bob wrote:\n'.repeat(2_000)],
  ['answers that share lines', 'a On Wed, Apr 4, 2012, b wrote:\n'.repeat(2_000)],
  ['headers', 'From: a@x.example\n'.repeat(2_000)],
  ['quotations', '> (http://\na\n'.repeat(1_000)],
  ['one endless line', `${'On (http://From: wrote: > '.repeat(2_500)}:`],
  ['one line of dashes', '-'.repeat(64_000)],
  ['blanks', `${' '.repeat(64_000)}x`],
])('64 KB of %s take no time', (_name, text) => {
  const startedAt = performance.now();
  visibleReply(text);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
