import type { BodyPart, MessageContent } from '../domain/message.ts';
import type { OpenSighting } from '../drizzle/ledger.ts';
import { attachmentsOf, partsToRead } from '../mail/content.ts';
import { readContentsApart } from '../mail/content-pool.ts';
import type { FetchedPart, MailSession } from '../mail/session.ts';

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

/** The same before its text was decoded. */
export type Fetched =
  | {
      readonly kind: 'fetched';
      readonly parts: readonly FetchedPart[];
      readonly attachments: readonly BodyPart[];
    }
  | Exclude<Download, { kind: 'read' }>;

/** A message whose text is wanted, and where it is. */
export type DownloadRequest = Pick<
  OpenSighting,
  'folderPath' | 'uidValidity' | 'uid' | 'bodyStructure'
> & { readonly messageId: string };

/** Fetches texts and invitations of messages that will be logged, by message id; nothing else ever leaves the mailbox. */
export async function fetchTexts(
  session: MailSession,
  sightings: readonly DownloadRequest[],
): Promise<Map<string, Fetched>> {
  const byFolder = Map.groupBy(sightings, ({ folderPath }) => folderPath);
  const fetched = new Map<string, Fetched>();
  for (const [path, inFolder] of byFolder) {
    const wanted = inFolder.filter(({ messageId }) => fetched.get(messageId)?.kind !== 'fetched');
    for (const [messageId, one] of await fetchFolder(session, path, wanted)) {
      fetched.set(messageId, one);
    }
  }
  return fetched;
}

/** Decodes them, which takes longer than fetching: the connection is free meanwhile. */
export async function readTexts(
  fetched: ReadonlyMap<string, Fetched>,
): Promise<Map<string, Download>> {
  const downloads = new Map<string, Download>();
  const texts: { readonly id: string; readonly text: Extract<Fetched, { kind: 'fetched' }> }[] = [];
  for (const [id, one] of fetched) {
    if (one.kind === 'fetched') texts.push({ id, text: one });
    else downloads.set(id, one);
  }
  const contents = await readContentsApart(texts.map(({ text }) => text.parts));
  for (const [index, content] of contents.entries()) {
    const read = texts[index];
    if (read === undefined) continue;
    const { attachments } = read.text;
    downloads.set(read.id, { kind: 'read', content, attachments });
  }
  return downloads;
}

async function fetchFolder(
  session: MailSession,
  path: string,
  sightings: readonly DownloadRequest[],
): Promise<Map<string, Fetched>> {
  const { uidValidity } = await session.openFolder(path);
  const reachable = sightings.filter((sighting) => sighting.uidValidity === uidValidity);
  const requests = reachable.map(({ uid, bodyStructure }) => ({
    uid,
    parts: partsToRead(bodyStructure),
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
  const found = new Map<string, Fetched>();
  for (const { messageId, uid, ...sighting } of sightings) {
    const isReachable = sighting.uidValidity === uidValidity;
    const content = isReachable ? fetched.get(uid) : undefined;
    if (content !== undefined) {
      const attachments = attachmentsOf(content.structure ?? sighting.bodyStructure);
      found.set(messageId, { kind: 'fetched', parts: content.parts, attachments });
    } else if (found.get(messageId)?.kind !== 'fetched') {
      const isGone = !isReachable || !existing.has(uid);
      found.set(messageId, { kind: isGone ? 'gone' : 'unreadable' });
    }
  }
  return found;
}
