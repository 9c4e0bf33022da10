import type { MessageStructureObject } from 'imapflow';
import type { BodyPart, BodyStructure } from '../domain/message.ts';
import { decodeText, readable } from './header-fields.ts';

const MAX_PARTS = 200;
const MAX_DEPTH = 20;
const MAX_STRING_LENGTH = 255;
const EML = '.eml';
/** RFC 6838 section 4.2. */
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

/** The leaves of imapflow's tree, in order. A forwarded message is one leaf; a MIME bomb ends at the caps. */
export function toBodyStructure(root: MessageStructureObject): BodyStructure {
  const parts: BodyPart[] = [];
  collectLeaves(root, 0, parts);
  const reportType = clean(root.parameters?.['report-type'] ?? '');
  // The only parameter that any rule reads (R9).
  const parameters = reportType === '' ? {} : { 'report-type': reportType };
  return { mediaType: mediaTypeOf(root), parameters, parts };
}

function collectLeaves(node: MessageStructureObject, depth: number, parts: BodyPart[]): void {
  if (depth > MAX_DEPTH || parts.length >= MAX_PARTS) return;
  const type = mediaTypeOf(node);
  if (type.startsWith('multipart/')) {
    for (const child of node.childNodes ?? []) collectLeaves(child, depth + 1, parts);
    return;
  }
  parts.push(toBodyPart(node, type));
}

function toBodyPart(node: MessageStructureObject, mediaType: string): BodyPart {
  return {
    // RFC 9051 section 6.4.5.1: every message has a part 1, also one that is no multipart.
    part: clean(node.part ?? '1'),
    mediaType,
    charset: clean(node.parameters?.['charset'] ?? '').toLowerCase() || null,
    encoding: clean(node.encoding ?? '').toLowerCase() || '7bit',
    size: node.size ?? 0,
    disposition: dispositionOf(node),
    fileName: safeFileName(
      node.dispositionParameters?.['filename'] ?? node.parameters?.['name'] ?? subjectName(node),
    ),
    contentId: clean(node.id?.replace(/^\s*<|>\s*$/g, '') ?? '') || null,
    ...flowOf(node),
  };
}

/** A forwarded message without a name is called by its subject. */
function subjectName({ envelope }: MessageStructureObject): string {
  const subject = decodeText(envelope?.subject ?? '', MAX_STRING_LENGTH - EML.length);
  return subject === '' ? '' : `${subject.replace(/[\\/]+/g, ' ')}${EML}`;
}

/** RFC 3676 section 4: format=flowed, and whether with DelSp=yes. */
function flowOf({ parameters }: MessageStructureObject): Pick<BodyPart, 'flow'> {
  if (parameters?.['format']?.toLowerCase() !== 'flowed') return {};
  return { flow: parameters['delsp']?.toLowerCase() === 'yes' ? 'delsp' : 'flowed' };
}

/** RFC 2183 section 2.8: a disposition that nobody knows counts as an attachment. */
function dispositionOf({ disposition }: MessageStructureObject): BodyPart['disposition'] {
  if (disposition === undefined || disposition === '') return null;
  return disposition.toLowerCase() === 'inline' ? 'inline' : 'attachment';
}

function mediaTypeOf({ type }: MessageStructureObject): string {
  const lower = type.toLowerCase();
  const isType = lower.length <= MAX_STRING_LENGTH && MEDIA_TYPE.test(lower);
  return isType ? lower : 'application/octet-stream';
}

/** The last step of any path, without what hides the ending from a reader. */
function safeFileName(raw: string): string | null {
  const name = clean(raw.replace(/^.*[\\/]/s, ''));
  return name === '' || name === '.' || name === '..' ? null : name;
}

/** RFC 2231 and 2047 can encode anything, also NUL, which PostgreSQL takes neither in text nor in JSON. */
function clean(text: string): string {
  return readable(text).slice(0, MAX_STRING_LENGTH).toWellFormed();
}
