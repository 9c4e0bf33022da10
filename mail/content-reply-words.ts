/**
 * The words by which mail programs introduce what they quote, in the languages in which people answer each other. All
 * patterns are for single lines, or a few that were put together, and are tried on short ones only.
 */

const any = (...patterns: readonly string[]): string => `(?:${patterns.join('|')})`;

const DATE_LINE_STARTS = [
  'On|Le|El|Il|In data|Em|No dia|Am|Op|W dniu|Dnia|Den|På|Vào|Dne|Pe|Ke|Ma|Ti|To|La|Su|lör',
  'sön|mån|tis|ons|tors|fre|пн|вт|ср|чт|пт|сб|вс|Στις|在|於|于',
].join('|');

/** `On`, `Am`, `W dniu` … at the beginning of a line, behind dashes if need be. */
export const STARTS_WITH_DATE = new RegExp(
  String.raw`^[-\s*]*${any(DATE_LINE_STARTS)}(?:[\s.,，]|(?=\d))`,
  'i',
);

/** The same behind the last words of the answer itself; only English, and only where a date follows. */
export const DATE_WITHIN = new RegExp(
  String.raw`[-\s]*\bOn (?=${any('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', String.raw`\d{1,4}[-./ ]`)})`,
);

const WROTE = [
  'wrote|writes|sent|écrit|escribió|scritto|escreveu|schrieb|schreef|verzond|geschreven',
  String.raw`skrev|kirjoitti|napsal|napsala|napisał|napisała|napisał\(a\)|pisze|a scris|ha scritto`,
  String.raw`yazdı|írta|έγραψε|đã viết|написал|написала|написал\(а\)|пишет|написав|写道|寫道|のメッセージ|작성`,
].join('|');

/** A line that ends an introduction: `… wrote:`, `… schrieb Bob:`. */
export const ENDS_WITH_WROTE = new RegExp(String.raw`${any(WROTE)}\s?[:：]\s?-*$`, 'i');
/** Languages that put the name behind the verb. */
export const ENDS_WITH_NAME =
  /(?:^|\s)(?:schrieb|schreef|skrev|verzond|пишет|написал)\s.{1,200}[:：]$/i;
/** `On 4/4/12, Bob wrote` without a colon, where the beginning says what it is. */
export const ENDS_WITHOUT_COLON = /(?:wrote|écrit|schrieb|schreef|skrev|escribió|scritto)\s?-*$/i;
/** `2014-10-17 11:28 GMT+03:00 Bob <bob@x.example>:` */
export const ENDS_WITH_ADDRESS = /[>)\]]\s?[:：]$/;
/** `2011/4/7 Bob <bob@x.example>` */
export const DATE_AND_ADDRESS =
  /^\s?\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\s.{1,120}<[^<>@\s]+@[^<>\s]+>[:：]?$/;
/** `---- Bob wrote ----` */
export const DASHED_WROTE = /^\s*-{2,}.{1,200}(?:wrote|schrieb|écrit)\s*-{2,}$/i;

/** What makes an introduction of a sentence that only sounds like one: a date, a time or an address. */
export const HAS_DATE_OR_ADDRESS =
  /\d{1,2}[:.h/-]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}|@|년|年/;

const FROM = [
  'From|Von|De|Van|Fra|Från|Da|Od|От|Від|Lähettäjä|Kimden|Feladó|Από|Expéditeur|发件人|寄件者|差出人',
  '보낸 사람',
].join('|');
const DATE = 'Date|Datum|Fecha|Data|Dato|Päivämäärä|Дата|日時|Tarih';
const SENT = [
  'Sent|Gesendet|Envoyé|Enviado|Enviada em|Inviato|Verzonden|Sendt|Skickat|Wysłano|Lähetetty',
  'Отправлено|发送时间|送信日時|보낸 날짜|Gönderildi|Elküldve|Odesláno|Trimis',
].join('|');
const OTHER = [
  'To|Cc|Reply-To|Importance|Attachments|An|Kopie|À|A|Para|Aan|Til|Till|Do|DW|Vastaanottaja',
  'Кому|Копия|收件人|抄送|宛先|받는 사람|Kime|Címzett|Komu|Προς',
].join('|');
const SUBJECT = [
  'Subject|Betreff|Objet|Asunto|Assunto|Oggetto|Onderwerp|Emne|Ämne|Temat|Aihe|Тема|主题|件名|제목',
  'Konu|Tárgy|Předmět|Θέμα',
].join('|');

const headerLine = (...words: readonly string[]): RegExp =>
  new RegExp(String.raw`^[\s*_|]*${any(...words)}\s?\*?\s?[:：]`, 'i');

/** The first line of a header that was copied into the text: `From: …`, `*Von:* …`, `Date: …`. */
export const STARTS_HEADER = headerLine(FROM, DATE, SENT);
export const IS_FROM = headerLine(FROM);
export const IS_HEADER = headerLine(FROM, DATE, SENT, OTHER, SUBJECT);
/** Said of nothing but mail, where the others may be said of a journey. */
export const IS_OF_MAIL = headerLine(SENT, SUBJECT);

const ORIGINAL = [
  'original message|original appointment|reply message|replied message',
  'ursprüngliche nachricht|originalnachricht|antwort nachricht',
  "oprindelig (?:meddelelse|besked)|originalmeddelelse|message d['’]origine",
  'message original|message initial|mensaje original|mensagem original|messaggio originale',
  'oorspronkelijke? bericht|ursprungligt meddelande|originalmeddelande|opprinnelig melding',
  'alkuperäinen viesti|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение',
  'původní zpráva|eredeti üzenet|原始邮件|邮件原件|元のメッセージ|원본 메시지',
].join('|');

/** `-----Original Message-----` */
export const IS_ORIGINAL = new RegExp(
  String.raw`^\s*[-_*]+\s?${any(ORIGINAL)}\s?[-_*]*:?\s*$`,
  'i',
);

const FORWARDED = [
  'forwarded message|begin forwarded text|forwarded by .{1,80}|weitergeleitete nachricht',
  'message transféré|mensaje reenviado|mensagem encaminhada|messaggio inoltrato',
  'doorgestuurd bericht|videresendt (?:meddelelse|melding)|vidarebefordrat meddelande',
  'välitetty viesti|пересылаемое сообщение|przekazana wiadomość|转发的邮件',
].join('|');

/** What follows is new to the reader: it was not written in this exchange. */
export const IS_FORWARDED = new RegExp(
  String.raw`^\s*(?:-{2,}\s?${any(FORWARDED)}\s?-*|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message (?:réexpédié|transféré) ?:)\s*$`,
  'i',
);

/** `-- ` (RFC 3676 section 4.3), also without the blank that programs trim. */
export const IS_SIGNATURE_MARK = /^--\s?$/;
export const IS_RULE = /^\s*(?:-{2,60}|_{2,60}|={2,60}|\+{2,4})\s*$/;

/** Lines that programs for telephones add, and with which people take leave, alone on their line. */
export const IS_FAREWELL = new RegExp(
  String.raw`^\s*${any(
    String.raw`Sent (?:from|via|with) (?:my|mailbox|samsung|outlook|yahoo|mail|proton|sparrow|a mobile|iphone|acompli|\S+ for )\b.{0,80}`,
    ...['Get Outlook for .{1,80}', 'Von meinem .{1,60} gesendet', 'Gesendet (?:von|mit) .{1,80}'],
    ...[
      'Sendt fra .{1,80}',
      'Skickat från .{1,80}',
      'Envoyé (?:depuis|de mon|à partir de) .{1,80}',
    ],
    ...[
      'Télécharger Outlook pour .{1,80}',
      'Enviado (?:desde|do meu) .{1,80}',
      'Inviato da .{1,80}',
    ],
    ...['(?:Verzonden|Verstuurd) vanaf .{1,80}', 'Отправлено с .{1,80}', 'Wysłane z .{1,80}'],
    String.raw`${any('Cheers', 'Best wishes', 'Best', String.raw`(?:\S{1,20}\s){0,2}Regards`, 'Sincerely(?: yours)?', 'Yours (?:sincerely|faithfully|truly)')}\s?[,.!！]{0,2}`,
    String.raw`${any('Bien . vous', String.raw`(?:\S{1,20}\s)?Cordialement`, 'Bonne (?:journée|soirée)')}\s?[,.!]{0,2}`,
    String.raw`${any('(?:Mit )?(?:freundlichen|besten|herzlichen|lieben|vielen) Grüßen', '(?:Freundliche|Beste|Herzliche|Liebe|Viele|Schöne) Grüße', 'MfG', 'LG', 'VG')}\s?[,.!]{0,2}`,
    String.raw`${any('(?:Un )?(?:cordial )?saludos?(?: cordial(?:es)?)?', 'Atentamente', 'Atenciosamente', 'Cordiali saluti', 'Met vriendelijke groet(?:en)?', 'Med vänlig(?:a)? hälsning(?:ar)?', '(?:Med )?venlig hilsen', 'Pozdrawiam', 'С уважением')}\s?[,.!]{0,2}`,
  )}\s*$`,
  'i',
);
