/** The types that have global ids; the names are those of the schema. */
export const NODE_TYPES = [
  'Account',
  'BlacklistEntry',
  'Contact',
  'Decision',
  'Engagement',
  'Mailbox',
  'Redecision',
  'Thread',
  'UnknownCorrespondent',
  'User',
  'Workspace',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The opaque id that clients see. */
export function toGlobalId(type: NodeType, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

/** What a global id names, or null when it is not exactly one that `toGlobalId` makes. */
export function fromGlobalId(globalId: string): { type: NodeType; id: string } | null {
  const [name, id = ''] = Buffer.from(globalId, 'base64url').toString('utf8').split(':');
  const type = NODE_TYPES.find((known) => known === name);
  if (type === undefined || !isUuid(id) || toGlobalId(type, id) !== globalId) return null;
  return { type, id };
}

/** The id behind a global id of this type, or null. */
export function idOf(type: NodeType, globalId: string): string | null {
  const decoded = fromGlobalId(globalId);
  return decoded?.type === type ? decoded.id : null;
}
