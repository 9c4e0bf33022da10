import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** A reply of talon's own tests, with the text that it expects to be left of it. */
export interface TalonReply {
  readonly name: string;
  /** A whole message for the replies by mail client, else the text or the HTML itself. */
  readonly kind: 'message' | 'text' | 'html';
  readonly body: string;
  readonly expected: string;
}

/** `folder` is the unpacked sdist of talon 1.4.4. Its tests are Python; read here is what they hold as data. */
export function talonReplies(folder: string): readonly TalonReply[] {
  const tests = join(folder, 'tests');
  return [
    ...clientMessages(join(tests, 'fixtures/standard_replies')),
    ...clientPages(join(tests, 'fixtures/html_replies')),
    ...written(readFileSync(join(tests, 'text_quotations_test.py'), 'utf8')),
    ...pages(readFileSync(join(tests, 'html_quotations_test.py'), 'utf8')),
  ];
}

function clientMessages(folder: string): readonly TalonReply[] {
  return names(folder, '.eml').map((name) => {
    const reply = join(folder, name.replace('.eml', '_reply_text'));
    const expected = existsSync(reply) ? readFileSync(reply, 'utf8').trim() : 'Hello';
    return { name, kind: 'message', body: readFileSync(join(folder, name), 'latin1'), expected };
  });
}

function clientPages(folder: string): readonly TalonReply[] {
  return names(folder, '.html').map((name) => ({
    ...{ name, kind: 'html', body: readFileSync(join(folder, name), 'utf8') },
    expected: 'Hi. I am fine.\n\nThanks,\nAlex',
  }));
}

/** `msg_body = """…"""`, then `eq_("…", quotations.extract_from_plain(msg_body))`, or both in one call. */
function written(source: string): readonly TalonReply[] {
  return functions(source).flatMap(({ name, code }) => {
    const replies: TalonReply[] = [];
    let [body, reply] = ['', ''];
    const statement =
      /(msg_body|reply) = u?(?:"""([^]*?)"""|'''([^]*?)''')|eq_\(\s*(reply|msg_body|u?"[^"\n]*"|u?'[^'\n]*'),\s*quotations\.extract_from_plain\(\s*(?:msg_body|u?"""([^]*?)""")\)/g;
    for (const [, variable, double, single, expected, inline] of code.matchAll(statement)) {
      const text = unescaped(double ?? single ?? '');
      if (variable === 'msg_body') body = text;
      else if (variable === 'reply') reply = text;
      else {
        const message = inline === undefined ? body : unescaped(inline);
        const wanted =
          expected === 'reply' ? reply : expected === 'msg_body' ? message : quoted(expected);
        replies.push({ name, kind: 'text', body: message, expected: wanted });
      }
    }
    return replies;
  });
}

/** What is left of a page, compared as text: `<html><head></head><body>Reply</body></html>`. */
function pages(source: string): readonly TalonReply[] {
  return functions(source).flatMap(({ name, code }) => {
    const body = /msg_body = u?(?:"""([^]*?)"""|'''([^]*?)''')/.exec(code);
    const left = /eq_\(\s*["']<html><head><\/head><body>([^"'\n]*)["']/.exec(code)?.[1];
    if (body === null || left === undefined) return [];
    const expected = left.replace(/<[^>]*>/g, '').replaceAll('&#160;', ' ');
    return [
      {
        name,
        kind: 'html',
        body: unescaped(body[1] ?? body[2] ?? ''),
        expected: unescaped(expected),
      },
    ];
  });
}

function functions(source: string): readonly { readonly name: string; readonly code: string }[] {
  return source
    .split(/^(?=@|def )/m)
    .flatMap((code) =>
      [...code.matchAll(/^def (?:test)?_*(\w+)/gm)]
        .slice(0, 1)
        .map(([, name = '']) => ({ name, code })),
    );
}

function quoted(text = ''): string {
  return text.replace(/^u?["']|["']$/g, '');
}

/** The escapes of Python that occur in them. */
function unescaped(text: string): string {
  return text.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\xa0`, '\u00a0');
}

function names(folder: string, end: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .sort();
}
