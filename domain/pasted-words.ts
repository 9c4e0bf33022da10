/** What the line of a copied header holds; `other` is known and says nothing that is kept. */
export type PastedField = 'from' | 'to' | 'cc' | 'bcc' | 'subject' | 'date' | 'other';

/**
 * The labels of a message header as mail programs write them when a message is forwarded, printed or copied: Outlook,
 * Gmail, Apple Mail and Thunderbird in English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish,
 * Danish, Norwegian, Czech and Russian. A word that two languages share means the same in both.
 */
const LABELS: Readonly<Record<PastedField, readonly string[]>> = {
  from: ['from', 'von', 'de', 'da', 'van', 'od', 'från', 'fra', 'от', 'от кого', 'expéditeur'],
  to: [
    ...['to', 'an', 'à', 'a', 'para', 'aan', 'naar', 'do', 'till', 'til', 'komu', 'кому', 'pour'],
    ...['destinataire', 'empfänger'],
  ],
  cc: ['cc', 'kopie', 'kopie an', 'copie', 'copie à', 'dw', 'kopia', 'kopi', 'копия', 'con copia'],
  bcc: ['bcc', 'cci', 'cco', 'ccn', 'udw', 'blindkopie', 'hemlig kopia', 'blindkopi'],
  subject: [
    ...['subject', 'betreff', 'objet', 'asunto', 'oggetto', 'onderwerp', 'assunto', 'temat'],
    ...['ämne', 'emne', 'předmět', 'тема'],
  ],
  date: [
    ...[
      'date',
      'sent',
      'sent on',
      'datum',
      'gesendet',
      'gesendet am',
      'envoyé',
      'envoyé le',
      'date d’envoi',
    ],
    ...[
      'fecha',
      'enviado',
      'enviado el',
      'data',
      'inviato',
      'inviato il',
      'verzonden',
      'verzonden op',
    ],
    ...[
      'enviado em',
      'enviada',
      'enviada em',
      'wysłano',
      'data wysłania',
      'skickat',
      'dato',
      'sendt',
    ],
    ...['odesláno', 'дата', 'отправлено'],
  ],
  other: [
    ...[
      'reply-to',
      'reply to',
      'antwort an',
      'répondre à',
      'responder a',
      'rispondi a',
      'antwoord aan',
    ],
    ...[
      'importance',
      'priority',
      'wichtigkeit',
      'priorität',
      'importancia',
      'priorità',
      'prioriteit',
    ],
    ...[
      'attachments',
      'anlagen',
      'anhänge',
      'pièces jointes',
      'datos adjuntos',
      'allegati',
      'bijlagen',
    ],
    ...[
      'anexos',
      'załączniki',
      'sensitivity',
      'sender',
      'organization',
      'mailed-by',
      'signed-by',
      'security',
    ],
  ],
};

const FIELD_BY_LABEL: ReadonlyMap<string, PastedField> = new Map(
  Object.entries(LABELS).flatMap(([field, labels]) =>
    labels.map((label) => [plain(label), field as PastedField]),
  ),
);

/** Which field a label names, in whatever language; null for any other word. */
export function fieldOf(label: string): PastedField | null {
  return FIELD_BY_LABEL.get(plain(label)) ?? null;
}

/** January first: the beginnings of the names of the months, without accents, abbreviations included. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'gen', 'ene', 'sty', 'led', 'янв'],
  ['feb', 'fev', 'lut', 'uno', 'фев'],
  ['mar', 'maart', 'mrt', 'bre', 'мар'],
  ['apr', 'avr', 'abr', 'kwi', 'dub', 'апр'],
  ['may', 'mai', 'mag', 'mei', 'maj', 'kve', 'мая', 'маи'],
  ['jun', 'juin', 'giu', 'cze', 'cerv', 'июн'],
  ['jul', 'juil', 'lug', 'lip', 'cervenec', 'cervence', 'июл'],
  ['aug', 'aou', 'ago', 'sie', 'srp', 'авг'],
  ['sep', 'set', 'wrz', 'zar', 'сен'],
  ['oct', 'okt', 'ott', 'out', 'paz', 'rij', 'окт'],
  ['nov', 'lis', 'ноя'],
  ['dec', 'dez', 'dic', 'des', 'gru', 'pro', 'дек'],
];

/** The longer first: `červenec` is July, and `červen` June. */
const STEMS: readonly (readonly [stem: string, month: number])[] = MONTHS.flatMap((stems, index) =>
  stems.map((stem) => [stem, index + 1] as const),
).toSorted(([a], [b]) => b.length - a.length);

/** 1 to 12 for the name of a month or its abbreviation; null for any other word. */
export function monthOf(word: string): number | null {
  const wanted = plain(word);
  return STEMS.find(([stem]) => wanted.startsWith(stem))?.[1] ?? null;
}

/** Lower case without accents, single blanks, one kind of apostrophe. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’`]/g, '’')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}
