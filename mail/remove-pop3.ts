import { askEach } from './pop3-commands.ts';
import type { Pop3Connection } from './pop3-connection.ts';
import type { Pop3Listing } from './pop3-mailbox.ts';
import { NOTHING_REMOVED, type Removed } from './session.ts';

/**
 * Deletes exactly these messages. The server does so at QUIT (RFC 1939 section 6), so the connection ends with it; without
 * its OK nobody knows, and the next listing tells.
 */
export async function removeByPop3(
  connection: Pop3Connection,
  { uidValidity, messages }: Pop3Listing,
  wanted: { readonly uidValidity: string; readonly uids: readonly number[] },
  canPipeline: boolean,
): Promise<Removed> {
  if (uidValidity !== wanted.uidValidity) return NOTHING_REMOVED;
  const attempted = 'delete messages that were filed';
  const numbers = wanted.uids.flatMap((uid) => messages.get(uid) ?? []);
  const refused = new Set(
    await askEach(connection, numbers, {
      ...{ attempted, canPipeline, command: (message) => `DELE ${message}` },
      onOk: () => Promise.resolve(),
    }),
  );
  await connection.run(attempted, () => connection.demand('QUIT'));
  await connection.close();
  const isGone = (message: number | undefined) => message === undefined || !refused.has(message);
  return { gone: wanted.uids.filter((uid) => isGone(messages.get(uid))), marked: [] };
}
