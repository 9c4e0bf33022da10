import type { ServerCapability } from './capabilities.ts';
import { MailError } from './errors.ts';
import { resolveMailHost } from './host-guard.ts';
import { openImapSession } from './imap.ts';
import { noUidls, openPop3Session } from './pop3.ts';
import type { Folder, MailServer, MailSession } from './session.ts';

export { SERVER_CAPABILITIES, type ServerCapability } from './capabilities.ts';

/** Two seconds less than an answer may take: a session says goodbye for so long. */
const PROBE_MS = 13_000;
/** Shorter than the whole, so that the step that hangs is named. */
const TIMEOUTS = { connectMs: 6_000, greetingMs: 5_000, silenceMs: 9_000 };

export interface ProbeOptions {
  /** Loopback hosts on any port: by the server's configuration only. */
  readonly allowLocal: boolean;
  readonly tlsCa?: string;
  /** For everything together. */
  readonly timeoutMs?: number;
  /** For single steps. */
  readonly timeouts?: Partial<typeof TIMEOUTS>;
}

/** What a login found. */
export interface ProbeResult {
  readonly folders: readonly Folder[];
  /** None for POP3, which has nothing like them. */
  readonly capabilities: readonly ServerCapability[];
  /** Messages in the inbox and the folder of sent mail; null when the server would not count them in time. */
  readonly messages: number | null;
}

/**
 * Tries a mail server out before it is saved (R50): may we connect, do the credentials work, what is there. Answers
 * within 15 seconds, whatever the server does. Throws MailError.
 */
export async function testServer(
  server: MailServer,
  { allowLocal, timeoutMs = PROBE_MS, timeouts = {}, ...options }: ProbeOptions,
): Promise<ProbeResult> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { address } = await orAborted(
      resolveMailHost(server.host, server.port, { allowLocal }),
      signal,
    );
    const limits = { timeouts: { ...TIMEOUTS, ...timeouts } };
    await using session = await open(server, { ...options, ...limits, address, signal });
    const folders = await session.listFolders();
    const messages = await countMessages(session, folders).catch(() => null);
    return { folders, capabilities: session.capabilities?.() ?? [], messages };
  } catch (error) {
    if (signal.aborted) throw new MailError('timed_out', 'The mail server did not answer in time.');
    throw explained(error, server);
  }
}

/** A port that says nothing in clear text waits for TLS, nearly always. */
function explained(error: unknown, { security }: MailServer): unknown {
  const isSilent = error instanceof MailError && error.responseCode === 'GREETING_TIMEOUT';
  if (!isSilent || security === 'tls') return error;
  const detail = 'plain_on_tls_port';
  return new MailError(error.kind, error.message, { detail, cause: error });
}

async function open(
  server: MailServer,
  options: Parameters<typeof openImapSession>[1],
): Promise<MailSession> {
  return server.protocol === 'pop3'
    ? openPop3Session(server, options, noUidls)
    : openImapSession(server, options);
}

async function countMessages(session: MailSession, folders: readonly Folder[]): Promise<number> {
  let messages = 0;
  for (const { path, use } of folders) {
    if (use === 'inbox' || use === 'sent') messages += (await session.folderStatus(path)).exists;
  }
  return messages;
}

/** The resolver of the system cannot be interrupted, only be left behind. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}
