import { describe, expect, test } from 'vitest';
import { readPasted, type PastedMessage } from '../../../domain/pasted-message.ts';

const ZONE = 'Europe/Berlin';
/** 15:04 in Berlin, in winter. */
const WINTER = '2026-01-05T14:04:00.000Z';

function message(text: string, timeZone = ZONE): PastedMessage {
  const pasted = readPasted(text, timeZone);
  if (pasted.kind !== 'message') throw new Error(`taken for ${pasted.kind}`);
  return pasted.message;
}

/** As a person would say it: sender, recipients, subject, time, first line. */
function said(text: string) {
  const { participants, subject, sentAt, body } = message(text);
  return {
    people: participants.map(({ role, address, name }) => `${role} ${name} <${address}>`),
    ...{ subject, sentAt: sentAt?.toISOString(), body: body.split('\n')[0] },
  };
}

const JILL_TO_ANA = {
  people: ['from Jill Doe <jill@customer.example>', 'to Ana <ana@acme.example>'],
  ...{ subject: 'Offer', sentAt: WINTER, body: 'Hello Ana,' },
};
const [FROM, TO] = ['Jill Doe <jill@customer.example>', 'Ana <ana@acme.example>'];

/** The lines of a copied header, then a text. */
const copied = (...lines: readonly string[]): string =>
  [...lines, '', 'Hello Ana,', '', 'Yes: Thursday.'].join('\n');

describe('R44 a message that is pasted is recognised by its header', () => {
  test.each([
    ['English', 'From', 'Sent', 'To', 'Subject', 'Monday, January 5, 2026 3:04 PM'],
    ['English, day first', 'From', 'Sent', 'To', 'Subject', '05 January 2026 15:04'],
    ['German', 'Von', 'Gesendet', 'An', 'Betreff', 'Montag, 5. Januar 2026 15:04'],
    ['French', 'De\u00a0', 'Envoyé\u00a0', 'À\u00a0', 'Objet\u00a0', 'lundi 5 janvier 2026 15:04'],
    ['Spanish', 'De', 'Enviado el', 'Para', 'Asunto', 'lunes, 5 de enero de 2026 15:04'],
    ['Italian', 'Da', 'Inviato', 'A', 'Oggetto', 'lunedì 5 gennaio 2026 15:04'],
    ['Dutch', 'Van', 'Verzonden', 'Aan', 'Onderwerp', 'maandag 5 januari 2026 15:04'],
    [
      'Portuguese',
      'De',
      'Enviada em',
      'Para',
      'Assunto',
      'segunda-feira, 5 de janeiro de 2026 15:04',
    ],
    ['Polish', 'Od', 'Wysłano', 'Do', 'Temat', 'poniedziałek, 5 stycznia 2026 15:04'],
    ['Swedish', 'Från', 'Skickat', 'Till', 'Ämne', 'den 5 januari 2026 15:04'],
    ['Danish', 'Fra', 'Sendt', 'Til', 'Emne', '5. januar 2026 15:04'],
    ['Norwegian', 'Fra', 'Sendt', 'Til', 'Emne', 'mandag 5. januar 2026 15.04'],
    ['Czech', 'Od', 'Odesláno', 'Komu', 'Předmět', 'pondělí 5. ledna 2026 15:04'],
    ['Russian', 'От', 'Отправлено', 'Кому', 'Тема', '5 января 2026 г. 15:04'],
  ])('of Outlook in %s', (_language, from, sent, to, subject, date) => {
    const lines = [`${from}: ${FROM}`, `${sent}: ${date}`, `${to}: ${TO}`, `${subject}: Offer`];
    expect(said(copied(...lines))).toEqual(JILL_TO_ANA);
  });

  test.each([
    ['English', 'From', 'Date', 'Mon, Jan 5, 2026 at 3:04\u202fPM'],
    ['German', 'Von', 'Date', 'Mo., 5. Jan. 2026 um 15:04 Uhr'],
    ['French', 'De', 'Date', 'lun. 5 janv. 2026 à 15:04'],
    ['Spanish', 'De', 'Date', 'lun, 5 ene 2026 a las 15:04'],
    ['Italian', 'Da', 'Date', 'lun 5 gen 2026 alle ore 15:04'],
    ['Dutch', 'Van', 'Date', 'ma 5 jan 2026 om 15:04'],
    ['Portuguese', 'De', 'Date', 'seg., 5 de jan. de 2026 às 15:04'],
    ['Polish', 'Od', 'Date', 'pon., 5 sty 2026 o 15:04'],
  ])('of Gmail in %s, forwarded', (_language, from, date, written) => {
    const announced = '---------- Forwarded message ---------';
    const lines = [`${from}: ${FROM}`, `${date}: ${written}`, 'Subject: Offer', `To: ${TO}`];
    expect(said(copied(announced, ...lines))).toEqual(JILL_TO_ANA);
  });

  test('of Gmail with its details shown', () => {
    const lines = [
      `from:\t${FROM}`,
      `to:\t${TO}`,
      'date:\tJan 5, 2026, 3:04 PM',
      'subject:\tOffer',
    ];
    const more = ['mailed-by:\tcustomer.example', 'security:\tStandard encryption (TLS)'];
    expect(said(copied(...lines, ...more))).toEqual(JILL_TO_ANA);
  });

  test.each([
    [
      'English',
      'Begin forwarded message:',
      'From',
      'Subject',
      'Date',
      'To',
      'January 5, 2026 at 15:04:00 GMT+1',
    ],
    [
      'German',
      'Anfang der weitergeleiteten Nachricht:',
      'Von',
      'Betreff',
      'Datum',
      'An',
      '5. Januar 2026 um 15:04:00 MEZ',
    ],
    [
      'French',
      'Début du message réexpédié :',
      'De',
      'Objet',
      'Date',
      'À',
      '5 janvier 2026 à 15:04:00 UTC+1',
    ],
    [
      'Spanish',
      'Inicio del mensaje reenviado:',
      'De',
      'Asunto',
      'Fecha',
      'Para',
      '5 de enero de 2026, 15:04:00 CET',
    ],
    [
      'Italian',
      'Inizio messaggio inoltrato:',
      'Da',
      'Oggetto',
      'Data',
      'A',
      '5 gennaio 2026 alle ore 15:04:00 CET',
    ],
  ])('of Apple Mail in %s, forwarded', (_language, announced, from, subject, date, to, written) => {
    const lines = [`${from}: ${FROM}`, `${subject}: Offer`, `${date}: ${written}`, `${to}: ${TO}`];
    expect(said(copied(announced, '', ...lines))).toEqual(JILL_TO_ANA);
    const quoted = copied(...lines).replaceAll(/^/gm, '> ');
    expect(said(`${announced}\n\n${quoted}`)).toEqual(JILL_TO_ANA);
  });

  test.each([
    ['English', '-------- Forwarded Message --------', 'Subject', 'Date', 'From', 'To'],
    ['German', '-------- Weitergeleitete Nachricht --------', 'Betreff', 'Datum', 'Von', 'An'],
    ['Dutch', '-------- Doorgestuurd bericht --------', 'Onderwerp', 'Datum', 'Van', 'Aan'],
  ])('of Thunderbird in %s, forwarded', (_language, announced, subject, date, from, to) => {
    const lines = [`${subject}: \tOffer`, `${date}: \tMon, 5 Jan 2026 15:04:00 +0100`];
    const people = [`${from}: \t${FROM}`, `${to}: \t${TO}`];
    expect(said(copied(announced, ...lines, ...people))).toEqual(JILL_TO_ANA);
  });

  test('with labels in bold, values on lines of their own, empty lines between, and any line ends', () => {
    const bold = [
      `*From:* ${FROM}`,
      '*Sent:* 5 January 2026 15:04',
      `*To:* ${TO}`,
      '*Subject:* Offer',
    ];
    expect(said(copied(...bold))).toEqual(JILL_TO_ANA);
    const apart = ['From:', FROM, 'Sent:', '5 January 2026 15:04', 'To:', TO, 'Subject:', 'Offer'];
    expect(said(copied(...apart))).toEqual(JILL_TO_ANA);
    expect(said(copied(bold.join('\n\n')).replaceAll('\n', '\r\n'))).toEqual(JILL_TO_ANA);
  });

  test('with recipients over several lines, in the forms of Outlook, copies apart', () => {
    const { participants, body } = message(
      copied(
        'From: Doe, Jill [mailto:jill@customer.example]',
        'Sent: 5 January 2026 15:04',
        "To: 'Ana' <mailto:ana@acme.example>; bob@acme.example<mailto:bob@acme.example>;",
        'Carl <carl@acme.example>',
        'Cc: Dora',
        'Importance: High',
        'Subject: Offer',
      ),
    );
    expect(participants).toEqual([
      { role: 'from', address: 'jill@customer.example', name: 'Doe, Jill' },
      { role: 'to', address: 'ana@acme.example', name: 'Ana' },
      { role: 'to', address: 'bob@acme.example', name: '' },
      { role: 'to', address: 'carl@acme.example', name: 'Carl' },
    ]);
    expect(body).toBe('Hello Ana,\n\nYes: Thursday.');
  });

  test('R18 a From line that names nobody or several is no sender, and is kept as it stands', () => {
    const rest = ['Sent: 5 January 2026 15:04', `To: ${TO}`, 'Subject: Offer'];
    for (const from of ['Jill Doe', 'a@x.example, b@y.example']) {
      const { participants, fromRaw } = message(copied(`From: ${from}`, ...rest));
      expect([participants.map(({ role }) => role), fromRaw]).toEqual([['to'], from]);
    }
  });
});

describe('R44 the time of a pasted message', () => {
  const at = (written: string, zone = ZONE) =>
    message(copied(`From: ${FROM}`, `Date: ${written}`, 'Subject: x'), zone).sentAt?.toISOString();

  test.each([
    ['2026-01-05 15:04', WINTER],
    ['2026-01-05T14:04:00Z', WINTER],
    ['05.01.2026 15:04', WINTER],
    ['05.01.26, 15:04', WINTER],
    ['05/01/2026 15:04', WINTER],
    ['1/5/2026 3:04 PM', WINTER],
    ['13/1/2026 3:04 PM', '2026-01-13T14:04:00.000Z'],
    ['5 janvier 2026 15h04', WINTER],
    ['Mon, 5 Jan 2026 09:04:00 -0500', WINTER],
    ['Mon, 5 Jan 2026 06:04 PST', WINTER],
    ['5 July 2026 15:04', '2026-07-05T13:04:00.000Z'],
    ['5. července 2026 15:04', '2026-07-05T13:04:00.000Z'],
    ['mar. 6 janv. 2026 à 12:00 AM', '2026-01-05T23:00:00.000Z'],
    ['5 January 2026', '2026-01-05T11:00:00.000Z'],
    ['30 February 2026 10:00', undefined],
    ['next Thursday', undefined],
  ])('%s', (written, expected) => {
    expect(at(written)).toBe(expected);
  });

  test('is by the clock of whoever pastes it', () => {
    expect(at('5 January 2026 15:04', 'UTC')).toBe('2026-01-05T15:04:00.000Z');
    expect(at('5 January 2026 15:04', 'America/New_York')).toBe('2026-01-05T20:04:00.000Z');
    // The hour that the change to summer time leaves out.
    expect(at('29 March 2026 02:30')).toBe('2026-03-29T01:30:00.000Z');
  });
});

describe('R44 what is no message stays a note', () => {
  test.each([
    'Called Jill, she will think about it.',
    'From: the call with Bob\nTo: do\nSubject: none',
    'Subject: Offer\nDate: 5 January 2026\n\nno sender',
    `From: ${FROM}\nHello`,
    `From: ${FROM}\nTo: ${TO}\n\nHello`,
    `I got this:\nand more\nFrom: ${FROM}\nDate: 5 January 2026 15:04\nTo: ${TO}\n\ntext`,
    '',
  ])('%j', (text) => {
    expect(readPasted(text, ZONE)).toEqual({ kind: 'text' });
  });

  test('the source of a message is told by fields that no mail program shows', () => {
    const source = `From: ${FROM}\nTo: ${TO}\nDate: Mon, 5 Jan 2026 15:04:00 +0100\nMIME-Version: 1.0\n\nHi`;
    expect(readPasted(source, ZONE)).toEqual({ kind: 'source' });
    expect(readPasted(`From jill Mon Jan  5\r\n${source}`, ZONE)).toEqual({ kind: 'source' });
    expect(readPasted('Content-Type: is what she asked about', ZONE).kind).toBe('text');
  });

  test.each([
    ['labels', 'From: '.repeat(150_000)],
    ['blanks', `From:${' '.repeat(900_000)}x`],
    ['addresses', `From: ${'a@'.repeat(400_000)}`],
    ['lines', 'To: a@b.example,\n'.repeat(50_000)],
    ['digits', `From: a@b.example\nTo: c@d.example\nDate: ${'1 '.repeat(400_000)}`],
    ['quotes', `${'> '.repeat(450_000)}From: x`],
  ])('a megabyte of %s is read in time', (_what, text) => {
    const startedAt = performance.now();
    readPasted(text, ZONE);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
