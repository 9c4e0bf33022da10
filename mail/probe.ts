import { MailError } from './errors.ts';
import { resolveMailHost } from './host-guard.ts';
import { openImapSession } from './imap.ts';
import type { Folder, MailServer } from './session.ts';

const PROBE_MS = 15_000;

export interface ProbeOptions {
  /** Loopback hosts on any port: by the server's configuration only. */
  readonly allowLocal: boolean;
  readonly tlsCa?: string;
  readonly timeoutMs?: number;
}

/** Tries a mail server out before it is saved (R50): may we connect, do the credentials work, what is there. */
export async function testServer(
  server: MailServer,
  { allowLocal, timeoutMs = PROBE_MS, ...options }: ProbeOptions,
): Promise<{ readonly folders: readonly Folder[] }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { address } = await orAborted(
      resolveMailHost(server.host, server.port, { allowLocal }),
      signal,
    );
    await using session = await openImapSession(server, { ...options, address, signal });
    return { folders: await session.listFolders() };
  } catch (error) {
    if (signal.aborted) throw new MailError('timed_out', 'The mail server did not answer in time.');
    throw error;
  }
}

/** The resolver of the system cannot be interrupted, only be left behind. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
