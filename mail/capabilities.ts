/** What IMAP servers may offer beside the base protocol, as far as it makes visits faster or more exact. */
export const SERVER_CAPABILITIES = [
  'idle',
  'condstore',
  'qresync',
  'esearch',
  'special_use',
  'gmail_extensions',
  'object_id',
] as const;
export type ServerCapability = (typeof SERVER_CAPABILITIES)[number];

/** As servers name them (RFC 2177, 7162, 4731, 6154, 8474; Gmail's own). */
const NAMES: ReadonlyMap<string, readonly ServerCapability[]> = new Map([
  ['IDLE', ['idle']],
  ['CONDSTORE', ['condstore']],
  // RFC 7162 section 3.2.3: who has QRESYNC has CONDSTORE.
  ['QRESYNC', ['qresync', 'condstore']],
  ['ESEARCH', ['esearch']],
  ['SPECIAL-USE', ['special_use']],
  ['X-GM-EXT-1', ['gmail_extensions']],
  ['OBJECTID', ['object_id']],
]);

/** Which of them a server names in its CAPABILITY answer, in the order above. */
export function capabilitiesIn(names: Iterable<string>): readonly ServerCapability[] {
  const offered = new Set([...names].flatMap((name) => NAMES.get(name.toUpperCase()) ?? []));
  return SERVER_CAPABILITIES.filter((capability) => offered.has(capability));
}
