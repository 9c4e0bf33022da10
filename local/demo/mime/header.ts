import { domainToASCII } from 'node:url';
import { encodeText, isAscii } from './charset.ts';

/** A person in a header: `jill@customer.example`, `Jill Marsh <jill@customer.example>`, or the two apart. */
export type Person = string | { readonly name: string; readonly address: string };

/** RFC 5322 section 2.1.1: at most 998 characters, better 78. */
const MAX_LINE = 998;
const GOOD_LINE = 78;
/** RFC 2047 section 2. */
const MAX_ENCODED_WORD = 75;
/** RFC 2231 section 3: longer values go on in the next segment. */
const MAX_PARAMETER_SEGMENT = 60;
/** Charsets of mostly Latin text stay readable in `Q`. */
const READABLE = /^(us-ascii|iso-8859-\d+|windows-125[0245])$/i;

/** One header field, folded at white space, with its line end. */
export function headerLine(name: string, value: string): string {
  if (/\r\n[ \t]/.test(value)) return `${name}: ${value}\r\n`;
  if (/[\r\n]/.test(value)) throw new RangeError(`The value of ${name} contains a line break`);
  let folded = '';
  let line = `${name}:`;
  for (const word of ` ${value}`.split(/(?= )/)) {
    if (line.length + word.length > GOOD_LINE && word.trim() !== '' && line !== `${name}:`) {
      folded += `${line}\r\n`;
      line = '';
    }
    line += word;
    if (line.length > MAX_LINE) throw new RangeError(`${name} has a word that cannot be folded`);
  }
  return `${folded}${line}\r\n`;
}

/** Unstructured text (a subject): as it is when it can be, else as RFC 2047 encoded words. */
export function headerText(text: string, charset = 'utf-8'): string {
  const isPlain = isAscii(text) && !text.includes('=?') && !/[^ ]{900}/.test(text);
  return isPlain ? text : encodedWords(text, charset);
}

/** People separated by commas: `"Marsh, Jill" <jill@customer.example>, tom@customer.example`. */
export function addressList(people: Person | readonly Person[], charset = 'utf-8'): string {
  const list: readonly Person[] = isOne(people) ? [people] : people;
  return list.map((person) => address(person, charset)).join(', ');
}

/** The bare address of a person, with its domain in ASCII. */
export function bareAddress(person: Person): string {
  const full = typeof person === 'string' ? split(person).address : person.address;
  const at = full.lastIndexOf('@');
  return `${full.slice(0, at)}@${domainToASCII(full.slice(at + 1))}`;
}

/** `; name="value"`, or the RFC 2231 form when the value is long or not ASCII. */
export function parameter(name: string, value: string, charset = 'utf-8'): string {
  if (isAscii(value) && value.length <= MAX_PARAMETER_SEGMENT) {
    return `; ${name}="${value.replace(/["\\]/g, '\\$&')}"`;
  }
  const segments = [`${charset.toLowerCase()}''`];
  for (const byte of encodeText(value, charset)) {
    const next = percent(byte);
    const last = segments.at(-1) ?? '';
    if (last.length + next.length > MAX_PARAMETER_SEGMENT) segments.push(next);
    else segments[segments.length - 1] = last + next;
  }
  if (segments.length === 1) return `; ${name}*=${segments.join('')}`;
  return segments.map((segment, index) => `; ${name}*${index}*=${segment}`).join('');
}

function isOne(people: Person | readonly Person[]): people is Person {
  return !Array.isArray(people);
}

function address(person: Person, charset: string): string {
  const { name } = typeof person === 'string' ? split(person) : person;
  const bare = bareAddress(person);
  if (name === '') return bare;
  if (!isAscii(name)) return `${encodedWords(name, charset)} <${bare}>`;
  const isPhrase = /^[\w!#$%&'*+/=?^`{|}~ -]+$/.test(name);
  return `${isPhrase ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${bare}>`;
}

function split(person: string): { name: string; address: string } {
  const match = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(person);
  if (match === null) return { name: '', address: person.trim() };
  const [, name = '', bare = ''] = match;
  return { name: name.replace(/^"(.*)"$/, '$1'), address: bare };
}

/** Whole characters only in each word, as RFC 2047 section 5 demands. */
function encodedWords(text: string, charset: string): string {
  const words: string[] = [];
  let chunk = '';
  for (const character of text) {
    if (chunk !== '' && encodedWord(chunk + character, charset).length > MAX_ENCODED_WORD) {
      words.push(encodedWord(chunk, charset));
      chunk = '';
    }
    chunk += character;
  }
  return [...words, encodedWord(chunk, charset)].join(' ');
}

function encodedWord(text: string, charset: string): string {
  const bytes = encodeText(text, charset);
  if (!READABLE.test(charset)) return `=?${charset}?B?${bytes.toString('base64')}?=`;
  const readable = [...bytes].map((byte) => (byte === 0x20 ? '_' : escaped(byte, '=')));
  return `=?${charset}?Q?${readable.join('')}?=`;
}

function percent(byte: number): string {
  return escaped(byte, '%');
}

/** Letters, digits, `.` and `-` as they are; everything else in hexadecimal. */
function escaped(byte: number, mark: string): string {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z0-9.-]/.test(character)) return character;
  return `${mark}${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
