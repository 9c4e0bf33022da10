import type { ImapConnection } from './imap-connection.ts';
import { openFolder } from './imap-folders.ts';
import type { FolderWatch, WatchListener } from './session.ts';

/**
 * Opens a folder and waits in IDLE (RFC 2177) until the next command on the connection, or `stop`. imapflow begins a new
 * IDLE after `IDLE_MS`, and asks the server for a sign of life after a minute of silence. null where the server has no
 * IDLE.
 */
export async function watchFolder(
  connection: ImapConnection,
  path: string,
  listener: WatchListener,
): Promise<FolderWatch | null> {
  const { client } = connection;
  if (!client.capabilities.has('IDLE')) return null;
  const state = { isOn: true };
  const onExists = ({ count, prevCount }: { count: number; prevCount: number }) => {
    if (state.isOn && count > prevCount) listener.news();
  };
  const snapshot = await openFolder(connection, path);
  client.on('exists', onExists);
  const stop = () => {
    state.isOn = false;
    client.off('exists', onExists);
  };
  const wait = async () => {
    // It ends for a sign of life too; a server that refuses it would be asked in a tight loop.
    while (state.isOn && client.usable) if (isRefusal(await client.idle())) break;
  };
  const ended = () => {
    if (state.isOn) listener.gone();
    stop();
  };
  wait().then(ended, ended);
  return { snapshot, stop };
}

/** imapflow answers `false` when IDLE failed; its types do not say so everywhere. */
function isRefusal(answer: unknown): boolean {
  return answer === false;
}
