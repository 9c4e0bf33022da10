import type { BodyPart, BodyStructure, MessageContent } from '../domain/message.ts';
import type { OpenSighting } from '../drizzle/ledger.ts';
import { attachmentsOf, partsToRead } from '../mail/content.ts';
import { readContentsApart } from '../mail/content-pool.ts';
import { chunks } from '../mail/imap-search.ts';
import type { FetchedContent, MailSession, WantedParts } from '../mail/session.ts';

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

/** The same while its text is being decoded. */
export type Fetched =
  | {
      readonly kind: 'fetched';
      readonly content: Promise<MessageContent>;
      readonly attachments: readonly BodyPart[];
    }
  | Exclude<Download, { kind: 'read' }>;

/** What is decoded while what follows is fetched. */
const MESSAGES_AT_ONCE = 200;

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

/** Waits for the rest of the decoding, which takes longer than fetching: the connection is free meanwhile. */
export async function readTexts(
  fetched: ReadonlyMap<string, Fetched>,
): Promise<Map<string, Download>> {
  const downloads = new Map<string, Download>();
  for (const [id, one] of fetched) {
    if (one.kind !== 'fetched') downloads.set(id, one);
    else {
      const { attachments } = one;
      downloads.set(id, { kind: 'read', content: await one.content, attachments });
    }
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
  const fetched = new Map<number, Content>();
  const fetch = async (some: readonly WantedParts[]) => {
    const asked = some.filter(({ parts }) => parts.length > 0);
    const found = new Map(asked.length === 0 ? [] : await session.fetchParts(asked));
    for (const { uid, parts } of some) if (parts.length === 0) found.set(uid, { parts: [] });
    for (const [uid, content] of decoded(found)) fetched.set(uid, content);
  };
  for (const some of alike(requests)) await fetch(some);
  const missing = requests.filter(({ uid }) => !fetched.has(uid));
  const uids = missing.map(({ uid }) => uid);
  const existing = uids.length === 0 ? new Set<number>() : await session.existing(uids);
  // Servers answer short under load: what is there is asked for once more, alone.
  for (const request of missing.filter(({ uid }) => existing.has(uid))) await fetch([request]);
  const found = new Map<string, Fetched>();
  for (const { messageId, uid, ...sighting } of sightings) {
    const isReachable = sighting.uidValidity === uidValidity;
    const content = isReachable ? fetched.get(uid) : undefined;
    if (content !== undefined) {
      const attachments = attachmentsOf(content.structure ?? sighting.bodyStructure);
      found.set(messageId, { kind: 'fetched', content: content.text, attachments });
    } else if (found.get(messageId)?.kind !== 'fetched') {
      const isGone = !isReachable || !existing.has(uid);
      found.set(messageId, { kind: isGone ? 'gone' : 'unreadable' });
    }
  }
  return found;
}

interface Content {
  readonly text: Promise<MessageContent>;
  readonly structure: BodyStructure | undefined;
}

/** Portions of messages that mostly want the same sections, because those share a FETCH. */
function alike(requests: readonly WantedParts[]): readonly (readonly WantedParts[])[] {
  const sections = ({ parts }: WantedParts) => parts.map(({ part }) => part).join();
  return chunks([...Map.groupBy(requests, sections).values()].flat(), MESSAGES_AT_ONCE);
}

function decoded(
  fetched: ReadonlyMap<number, FetchedContent>,
): readonly (readonly [number, Content])[] {
  const all = [...fetched];
  const texts = readContentsApart(all.map(([, { parts }]) => parts));
  // Somebody awaits it later, or nobody does because the next fetch failed.
  texts.catch(() => undefined);
  return all.map(([uid, { structure }], index) => {
    const text = texts.then((contents) => {
      const content = contents[index];
      if (content === undefined) throw new Error('A message was not decoded.');
      return content;
    });
    text.catch(() => undefined);
    return [uid, { text, structure }];
  });
}
