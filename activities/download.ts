import type { BodyPart, MessageContent } from '../domain/message.ts';
import type { OpenSighting } from '../drizzle/ledger.ts';
import { attachmentsOf, chooseTextParts, readContents } from '../mail/content.ts';
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

/** A message whose text is wanted, and where it is. */
export type DownloadRequest = Pick<
  OpenSighting,
  'folderPath' | 'uidValidity' | 'uid' | 'bodyStructure'
> & { readonly messageId: string };

/** Downloads the text parts of messages that will be logged, by message id; nothing else ever leaves the mailbox. */
export async function downloadContents(
  session: MailSession,
  sightings: readonly DownloadRequest[],
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
  sightings: readonly DownloadRequest[],
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
  const read: { readonly sighting: DownloadRequest; readonly content: FetchedContent }[] = [];
  for (const sighting of sightings) {
    const isReachable = sighting.uidValidity === uidValidity;
    const content = isReachable ? fetched.get(sighting.uid) : undefined;
    const isGone = !isReachable || !existing.has(sighting.uid);
    if (content === undefined) {
      downloads.set(sighting.messageId, { kind: isGone ? 'gone' : 'unreadable' });
    } else {
      read.push({ sighting, content });
    }
  }
  const contents = await readContents(read.map(({ content }) => content.parts));
  for (const [
    index,
    {
      sighting,
      content: { structure },
    },
  ] of read.entries()) {
    const content = contents[index];
    if (content === undefined) continue;
    const attachments = attachmentsOf(structure ?? sighting.bodyStructure);
    downloads.set(sighting.messageId, { kind: 'read', content, attachments });
  }
  return downloads;
}
