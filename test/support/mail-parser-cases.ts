import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A hard case of the crate mail-parser, with what that library reads of it. */
export interface MailParserCase {
  /** E.g. `rfc/001`. */
  readonly name: string;
  readonly octets: Buffer;
  readonly subject: string | null;
  /** Addresses of From. */
  readonly from: readonly string[];
  /** Of the parts that are the text, in order, without those that it makes of the other version. */
  readonly text: readonly string[];
  /** File names, empty where there is none. */
  readonly attachments: readonly string[];
}

interface Part {
  readonly headers: readonly { readonly name: string | object; readonly value: unknown }[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** `folder` is the unpacked crate. Passed over are the same messages with other line ends. */
export function mailParserCases(folder: string): readonly MailParserCase[] {
  const root = join(folder, 'resources/eml');
  return readdirSync(root)
    .sort()
    .flatMap((group) =>
      readdirSync(join(root, group))
        .filter((name) => name.endsWith('.eml'))
        .sort()
        .map((name) => read(join(root, group), `${group}/${name.replace('.eml', '')}`)),
    );
}

function read(folder: string, name: string): MailParserCase {
  const file = join(folder, name.slice(name.indexOf('/') + 1));
  const expected = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as {
    readonly text_body: readonly number[];
    readonly attachments: readonly number[];
    readonly parts: readonly Part[];
  };
  const partAt = (index: number): Part => expected.parts[index] ?? { headers: [], body: {} };
  const [first] = expected.parts;
  const texts = expected.text_body.flatMap((index) => partAt(index).body['Text'] ?? []);
  return {
    name,
    octets: readFileSync(`${file}.eml`),
    subject: textOf(headerOf(first, 'subject')),
    from: findAll(headerOf(first, 'from'), 'address'),
    text: texts.filter((text) => typeof text === 'string'),
    attachments: expected.attachments.map((index) => fileNameOf(partAt(index))),
  };
}

function headerOf(part: Part | undefined, name: string): unknown {
  return part?.headers.findLast((header) => header.name === name)?.value;
}

function textOf(value: unknown): string | null {
  const text = value instanceof Object && 'Text' in value ? value.Text : null;
  return typeof text === 'string' ? text : null;
}

function findAll(value: unknown, key: string): readonly string[] {
  if (!(value instanceof Object)) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    name === key && typeof inner === 'string' ? [inner] : findAll(inner, key),
  );
}

/** Attributes are lists of pairs: `["filename", "a.txt"]`, or objects with name and value. */
function fileNameOf(part: Part): string {
  const named = (header: string, attribute: string): string => {
    const json = JSON.stringify(headerOf(part, header) ?? null);
    const quoted = `"((?:[^"\\\\]|\\\\.)*)"`;
    const match = new RegExp(
      `(?:\\["${attribute}",|"name":"${attribute}","value":)${quoted}`,
      'i',
    ).exec(json);
    return match?.[1] === undefined ? '' : String(JSON.parse(`"${match[1]}"`));
  };
  return named('content_disposition', 'filename') || named('content_type', 'name');
}
