import type { ImapConnection } from './imap-connection.ts';
import type { PartStream } from './session.ts';

/** Octets per FETCH: each costs a round trip, and two of them are in memory at a time. */
const OCTETS_PER_FETCH = 256 * 1024;

/**
 * One part of a message of the open folder, piece by piece (BODY.PEEK with a range), its transfer encoding undone and
 * nothing else: a text keeps its charset and its line ends, or it would not be the file that was sent.
 */
export async function streamPart(
  connection: ImapConnection,
  uid: number,
  part: string,
): Promise<PartStream | null> {
  const { meta, content } = await connection.run(
    'download an attachment',
    () =>
      connection.client.download(String(uid), part, {
        uid: true,
        decodeText: false,
        chunkSize: OCTETS_PER_FETCH,
      }),
    'folder',
  );
  return content === undefined ? null : { mediaType: meta.contentType ?? null, content };
}
