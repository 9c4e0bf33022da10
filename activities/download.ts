import type { BodyPart, MessageContent } from '../domain/message.ts';
import type { MatchedSighting } from '../drizzle/ledger.ts';
import { attachmentsOf, chooseTextParts, readContent } from '../mail/content.ts';
import type { FetchedContent, MailSession } from '../mail/session.ts';

/** What came of asking for the text of one message. */
export type Download =
  | {
      readonly kind: 'read';
      readonly content: MessageContent;
      readonly attachments: readonly BodyPart[];
    }
  /** The message was removed from the mailbox since its headers were read. */
  | { readonly kind: 'gone' }
  /** It is there, and the server does not hand it out. */
  | { readonly kind: 'unreadable' };

/** Downloads the text parts of messages that will be logged, by message id; nothing else ever leaves the mailbox. */
export async function downloadContents(
  session: MailSession,
  sightings: readonly MatchedSighting[],
): Promise<Map<string, Download>> {
  const byFolder = Map.groupBy(sightings, ({ folderPath }) => folderPath);
  const downloads = new Map<string, Download>();
  for (const [path, inFolder] of byFolder) {
    const wanted = inFolder.filter(({ messageId }) => downloads.get(messageId)?.kind !== 'read');
    for (const [messageId, download] of await downloadFolder(session, path, wanted)) {
      downloads.set(messageId, download);
    }
  }
  return downloads;
}

async function downloadFolder(
  session: MailSession,
  path: string,
  sightings: readonly MatchedSighting[],
): Promise<Map<string, Download>> {
  const { uidValidity } = await session.openFolder(path);
  const reachable = sightings.filter((sighting) => sighting.uidValidity === uidValidity);
  const requests = reachable.map(({ uid, bodyStructure }) => ({
    uid,
    parts: chooseTextParts(bodyStructure),
  }));
  const fetched = new Map(
    await session.fetchParts(requests.filter(({ parts }) => parts.length > 0)),
  );
  for (const { uid, parts } of requests) if (parts.length === 0) fetched.set(uid, { parts: [] });
  const missing = requests.map(({ uid }) => uid).filter((uid) => !fetched.has(uid));
  const existing = missing.length === 0 ? new Set<number>() : await session.existing(missing);
  // Servers answer short under load: what is there is asked for once more, alone.
  for (const request of requests.filter(({ uid }) => existing.has(uid))) {
    const again = (await session.fetchParts([request])).get(request.uid);
    if (again !== undefined) fetched.set(request.uid, again);
  }
  const downloads = new Map<string, Download>();
  for (const sighting of sightings) {
    const isReachable = sighting.uidValidity === uidValidity;
    const content = isReachable ? fetched.get(sighting.uid) : undefined;
    const isGone = !isReachable || !existing.has(sighting.uid);
    const download =
      content === undefined
        ? ({ kind: isGone ? 'gone' : 'unreadable' } as const)
        : await read(sighting, content);
    downloads.set(sighting.messageId, download);
  }
  return downloads;
}

async function read(
  { bodyStructure }: MatchedSighting,
  { parts, structure }: FetchedContent,
): Promise<Download> {
  const content = await readContent(parts);
  return { kind: 'read', content, attachments: attachmentsOf(structure ?? bodyStructure) };
}
