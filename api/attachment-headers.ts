import type { Response } from 'express';
import type { AttachedFile } from '../drizzle/engagement-parts.ts';

/** What a browser may be told; everything else, above all what can hold a script, is octets to it. */
const HARMLESS_TYPES: ReadonlySet<string> = new Set([
  ...['application/pdf', 'application/zip', 'text/csv', 'text/plain', 'text/calendar'],
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
  ...['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
]);
/** Controls, and what reverses or hides parts of a name (U+202E). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const MAX_NAME = 200;

/** A stranger's file: to be saved, never shown, guessed at, run or kept on the way. */
export function setAttachmentHeaders(
  response: Response,
  { name, mediaType }: Pick<AttachedFile, 'name' | 'mediaType'>,
): void {
  // RFC 6266 and 8187, by the library; it sets a type by the name's ending, which the next line replaces.
  response.attachment(safeFileName(name));
  response.setHeader(
    'Content-Type',
    HARMLESS_TYPES.has(mediaType) ? mediaType : 'application/octet-stream',
  );
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('Accept-Ranges', 'none');
}

/** The last step of any path, without what hides its ending from a reader. */
export function safeFileName(raw: string): string {
  const name = raw
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(/^.*[\\/]/s, '')
    .trim();
  if (name === '' || /^\.+$/.test(name)) return 'attachment';
  return shortened(name);
}

/** Cut before its ending, which says what it is. */
function shortened(name: string): string {
  if (name.length <= MAX_NAME) return name;
  const ending = /\.[^.]{1,16}$/.exec(name)?.[0] ?? '';
  return name.slice(0, MAX_NAME - ending.length).toWellFormed() + ending;
}
