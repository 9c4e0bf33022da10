import type { MessageStructureObject } from 'imapflow';
import type { BodyPart, BodyStructure } from '../domain/message.ts';
import { readable } from './header-fields.ts';

const MAX_PARTS = 200;
const MAX_DEPTH = 20;
const MAX_FILE_NAME_LENGTH = 255;

/** The leaves of imapflow's tree, in order. A forwarded message is one leaf; a MIME bomb ends at the caps. */
export function toBodyStructure(root: MessageStructureObject): BodyStructure {
  const parts: BodyPart[] = [];
  collectLeaves(root, 0, parts);
  return { mediaType: mediaTypeOf(root), parameters: { ...root.parameters }, parts };
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
    part: node.part ?? '1',
    mediaType,
    charset: node.parameters?.['charset']?.toLowerCase() ?? null,
    encoding: node.encoding?.toLowerCase() ?? '7bit',
    size: node.size ?? 0,
    disposition: dispositionOf(node),
    fileName: safeFileName(
      node.dispositionParameters?.['filename'] ?? node.parameters?.['name'] ?? '',
    ),
    contentId: node.id?.replace(/^\s*<|>\s*$/g, '') ?? null,
  };
}

/** RFC 2183 section 2.8: a disposition that nobody knows counts as an attachment. */
function dispositionOf({ disposition }: MessageStructureObject): BodyPart['disposition'] {
  if (disposition === undefined || disposition === '') return null;
  return disposition.toLowerCase() === 'inline' ? 'inline' : 'attachment';
}

function mediaTypeOf({ type }: MessageStructureObject): string {
  const lower = type.toLowerCase();
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(lower) ? lower : 'application/octet-stream';
}

/** The last step of any path, without what hides the ending from a reader. */
function safeFileName(raw: string): string | null {
  const name = readable(raw.replace(/^.*[\\/]/s, '')).slice(0, MAX_FILE_NAME_LENGTH);
  return name === '' || name === '.' || name === '..' ? null : name;
}
