import type { ScriptedMessage } from './scripted-mailbox.ts';

/** `(UID FLAGS BODY.PEEK[1]<0.100>)` -> its items, each as asked for. */
export function parseItems(items: string): readonly string[] {
  return items.match(/[A-Z0-9.]+(?:\[[^\]]*\](?:<[\d.]+>)?)?/gi) ?? [];
}

/** An untagged FETCH row with the items that were asked for: of a message that is one text part. */
export function fetchRow(uid: number, message: ScriptedMessage, items: readonly string[]): string {
  const answers = items.map((item) => answerOf(item, uid, message));
  return `* ${uid} FETCH (${answers.filter((answer) => answer !== '').join(' ')})`;
}

function answerOf(item: string, uid: number, message: ScriptedMessage): string {
  const { text, flags = [], arrivedAt = new Date() } = message;
  const body = `${text}\r\n`;
  const headers = `${message.headers.join('\r\n')}\r\n\r\n`;
  const [, section, octets] = /^BODY(?:\.PEEK)?\[([^\]]*)\](?:<0\.(\d+)>)?$/i.exec(item) ?? [];
  if (section !== undefined) {
    const whole = section === '' ? headers + body : section.startsWith('HEADER') ? headers : body;
    const part = whole.slice(0, octets === undefined ? undefined : Number(octets));
    return `BODY[${section}]${octets === undefined ? '' : '<0>'} {${part.length}}\r\n${part}`;
  }
  switch (item.toUpperCase()) {
    case 'UID':
      return `UID ${uid}`;
    case 'FLAGS':
      return `FLAGS (${flags.join(' ')})`;
    case 'RFC822.SIZE':
      return `RFC822.SIZE ${headers.length + body.length}`;
    case 'INTERNALDATE':
      return `INTERNALDATE "${imapDate(arrivedAt)}"`;
    case 'MODSEQ':
      return `MODSEQ (${uid})`;
    case 'BODYSTRUCTURE':
      return `BODYSTRUCTURE ("text" "plain" ("charset" "utf-8") NIL NIL "8bit" ${body.length} 1 NIL NIL NIL NIL)`;
    default:
      return '';
  }
}

/** RFC 9051 section 9, date-time: `02-Jan-2023 10:00:00 +0000`. */
function imapDate(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) (\S+)/.exec(date.toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}
