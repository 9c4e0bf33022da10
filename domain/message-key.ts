import type { BodyStructure, MessageHeaders } from './message.ts';

/**
 * What makes two sightings the same message (R40), as text to be hashed. The Message-ID alone will not do: it may be
 * missing, repeated by list software, or forged to suppress a real message, so it counts together with sender, date
 * and subject. Without one, recipients and the sizes of the parts stand in. Nothing that a relay on the way adds is
 * part of it, so the copy in Sent and the copies that arrived have one key.
 */
export function messageKeyMaterial(headers: MessageHeaders, structure: BodyStructure): string {
  const common = [
    headers.from?.address ?? headers.fromRaw.toLowerCase(),
    headers.sentAt?.toISOString() ?? headers.fields.get('date')?.[0] ?? '',
    headers.subject.replace(/\s+/g, ' ').trim(),
  ];
  if (headers.internetMessageId !== null) {
    return JSON.stringify(['id', headers.internetMessageId, ...common]);
  }
  const recipients = headers.participants
    .filter(({ role }) => role !== 'from')
    .map(({ role, address }) => `${role}:${address}`)
    .sort();
  const parts = structure.parts.map(({ mediaType, size }) => `${mediaType}:${size}`);
  return JSON.stringify(['no-id', ...common, recipients, parts]);
}
