import type { Readable } from 'node:stream';
import { MailError } from './errors.ts';
import { resolveMailHost } from './host-guard.ts';
import { openImapSession } from './imap.ts';
import type { MailServer, MailSession } from './session.ts';

/** Where a copy of an attachment is. */
export interface AttachmentPlace {
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
}

/** What is looked for in each place. */
export interface WantedPart {
  /** IMAP section number. */
  readonly part: string;
  /** Lower case. Another copy of the message may be built differently: there the number names another part. */
  readonly mediaType: string;
}

export interface AttachmentOptions {
  /** Loopback hosts on any port: by the server's configuration only. */
  readonly allowLocal: boolean;
  /** Ends the connection at once. */
  readonly signal: AbortSignal;
}

/** The connection of one download: read-only, and closed by disposal. */
export interface AttachmentSource extends AsyncDisposable {
  /** The file as it was sent, from the first place that still has it; null when none has. Throws MailError. */
  find(places: readonly AttachmentPlace[], wanted: WantedPart): Promise<Readable | null>;
  octets(): { readonly received: number; readonly sent: number };
}

/** Logs in, for a file that a person asked for. The host is checked anew: its name may lead elsewhere by now. */
export async function openAttachmentSource(
  server: MailServer,
  { allowLocal, signal }: AttachmentOptions,
): Promise<AttachmentSource> {
  const { address } = await resolveMailHost(server.host, server.port, { allowLocal });
  const session = await openImapSession(server, { address, signal });
  return {
    find: (places, wanted) => find(session, places, wanted),
    octets: () => session.octets(),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}

async function find(
  session: MailSession,
  places: readonly AttachmentPlace[],
  { part, mediaType }: WantedPart,
): Promise<Readable | null> {
  for (const { folder, uidValidity, uid } of places) {
    if ((await uidValidityOf(session, folder)) !== uidValidity) continue;
    const found = await session.streamPart?.(uid, part);
    if (found == null) continue;
    if (isSameType(found.mediaType, mediaType)) return found.content;
    found.content.destroy();
  }
  return null;
}

/** null for a folder that is gone: the file may be in another one. */
async function uidValidityOf(session: MailSession, folder: string): Promise<string | null> {
  try {
    return (await session.openFolder(folder)).uidValidity;
  } catch (error) {
    if (error instanceof MailError && error.kind === 'folder_missing') return null;
    throw error;
  }
}

/** Types that make no sense are kept as `application/octet-stream`, and a part need not name one (RFC 2045). */
function isSameType(found: string | null, known: string): boolean {
  return found === null || found === known || known === 'application/octet-stream';
}
