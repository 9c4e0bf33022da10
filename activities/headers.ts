import type { EmailAddress } from '../domain/address.ts';
import type { MessageHeaders } from '../domain/message.ts';
import { parseHeaderBlock } from '../mail/headers.ts';

/** The sightings of a batch with their own headers read; each stage reads them from the store. */
export function withHeaders<Sighting extends { readonly headerBlock: Buffer }>(
  sightings: readonly Sighting[],
): readonly (Sighting & { readonly headers: MessageHeaders })[] {
  return sightings.map((sighting) => ({
    ...sighting,
    headers: parseHeaderBlock(sighting.headerBlock),
  }));
}

/** Every address of these messages, once. */
export function addressesOf(
  messages: readonly { readonly headers: MessageHeaders }[],
): readonly EmailAddress[] {
  const participants = messages.flatMap(({ headers }) => headers.participants);
  return [...new Set(participants.map(({ address }) => address))];
}
