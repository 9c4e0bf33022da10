import type { MessageStructureObject } from 'imapflow';
import type { ImapAttribute, ImapAttributeList } from 'imapflow/lib/handler/types.js';
import { getStructuredParams } from 'imapflow/lib/tools.js';

/** The parameters that `toBodyStructure` reads. */
const READ: ReadonlySet<string> = new Set([
  ...['charset', 'name', 'filename', 'report-type', 'format', 'delsp'],
]);
/** RFC 2047 and 2231 (also where a server put them together halfway): left to imapflow. */
const IS_ENCODED = /=\?|'/;

/**
 * BODYSTRUCTURE (RFC 9051 section 7.5.2) as parsed by imapflow -> what of imapflow's own tree is read here, numbered in
 * the same way. imapflow's takes five times as long: it decodes every parameter, and the envelopes of forwarded
 * messages, which are leaves here. NIL and what is missing at the end are left out.
 */
export function readStructure(tree: ImapAttributeList): MessageStructureObject {
  return readNode(tree, '');
}

function readNode(node: ImapAttributeList, part: string): MessageStructureObject {
  return Array.isArray(node[0]) ? readMultipart(node, part) : readLeaf(node, part);
}

function readMultipart(node: ImapAttributeList, part: string): MessageStructureObject {
  const childNodes: MessageStructureObject[] = [];
  let at = 0;
  for (let child = node[0]; Array.isArray(child); child = node[at]) {
    at += 1;
    childNodes.push(readNode(child, part === '' ? `${at}` : `${part}.${at}`));
  }
  return {
    ...(part === '' ? {} : { part }),
    type: `multipart/${textOf(node[at]).toLowerCase()}`,
    ...{ parameters: parametersOf(node[at + 1]), childNodes },
    ...dispositionOf(node[at + 2]),
  };
}

function readLeaf(node: ImapAttributeList, part: string): MessageStructureObject {
  const [mainType, subtype, parameters, id, , encoding, size] = node;
  const type = `${textOf(mainType)}/${textOf(subtype)}`.toLowerCase();
  return {
    ...(part === '' ? {} : { part }),
    type,
    parameters: parametersOf(parameters),
    id: textOf(id),
    encoding: textOf(encoding).toLowerCase(),
    size: Number(textOf(size)) || 0,
    ...dispositionOf(node[dispositionIndex(node, type)]),
    ...(type === 'message/rfc822' ? envelopeOf(node[7]) : {}),
  };
}

/** Of the envelope of a forwarded message nothing but the subject, by which it is called. */
function envelopeOf(envelope: ImapAttribute | undefined): Pick<MessageStructureObject, 'envelope'> {
  return Array.isArray(envelope) ? { envelope: { subject: textOf(envelope[1]) } } : {};
}

/** Behind the size: envelope, structure and lines of a message, or the lines of a text; then MD5. */
function dispositionIndex(node: ImapAttributeList, type: string): number {
  if (type === 'message/rfc822') return 11;
  if (!type.startsWith('text/')) return 8;
  // Some servers leave the lines of a text out (imapflow).
  const hasNoLines = node.length === 11 && Array.isArray(node[8]) && !Array.isArray(node[9]);
  return hasNoLines ? 8 : 9;
}

function dispositionOf(
  disposition: ImapAttribute | undefined,
): Pick<MessageStructureObject, 'disposition' | 'dispositionParameters'> {
  if (!Array.isArray(disposition) || disposition.length === 0) return {};
  const [name, parameters] = disposition;
  return {
    disposition: textOf(name).toLowerCase(),
    ...(Array.isArray(parameters) ? { dispositionParameters: parametersOf(parameters) } : {}),
  };
}

/** `("charset" "utf-8" …)`; the last one of a name counts. */
function parametersOf(list: ImapAttribute | undefined): Record<string, string> {
  if (!Array.isArray(list)) return {};
  const parameters: Record<string, string> = {};
  for (let at = 0; at < list.length; at += 2) {
    const name = textOf(list[at]).toLowerCase();
    if (name.includes('*')) return getStructuredParams(list);
    if (!READ.has(name)) continue;
    const value = textOf(list[at + 1]);
    if (IS_ENCODED.test(value)) return getStructuredParams(list);
    parameters[name] = value;
  }
  return parameters;
}

/** The text of a string in any form (RFC 9051 section 4.3); empty for NIL. */
function textOf(attribute: ImapAttribute | undefined): string {
  const value = attribute?.value ?? '';
  return typeof value === 'string' ? value : value.toString();
}
