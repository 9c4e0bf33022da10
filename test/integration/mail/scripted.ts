import { MailError } from '../../../mail/errors.ts';
import { openImapSession, type ImapOptions } from '../../../mail/imap.ts';
import type { MailSession } from '../../../mail/session.ts';
import type { Answer, ScriptedImap } from '../../support/scripted-imap.ts';

const HEADER = 'From: jill@customer.example\r\n\r\n';

/** An untagged FETCH row with everything that `fetchHeaders` asks for. */
export function row(uid: number | null, more = ''): string {
  const uidItem = uid === null ? '' : `UID ${uid} `;
  return (
    `* ${uid ?? 1} FETCH (${uidItem}FLAGS (\\Seen) RFC822.SIZE 100 INTERNALDATE "02-Jan-2023 10:00:00 +0000" ` +
    `${more === '' ? 'BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 5 1 NIL NIL NIL NIL)' : more} ` +
    `BODY[HEADER.FIELDS (FROM)] {${HEADER.length}}\r\n${HEADER})`
  );
}

export function fetchAnswer(...rows: readonly string[]): Readonly<Record<string, Answer>> {
  return { 'UID FETCH': [...rows, 'TAG OK done'] };
}

/** A session with a scripted server, logged in. */
export async function open(
  scripted: ScriptedImap,
  options: Partial<ImapOptions> = {},
): Promise<MailSession> {
  return openImapSession(scripted.server, { address: '127.0.0.1', ...options });
}

/** The same, with the INBOX open. */
export async function openInbox(scripted: ScriptedImap): Promise<MailSession> {
  const session = await open(scripted);
  await session.openFolder('INBOX');
  return session;
}

/** Each command of a visit once, in the order of a visit. */
export async function everything(
  scripted: ScriptedImap,
  options: Partial<ImapOptions> = {},
): Promise<void> {
  await using session = await open(scripted, options);
  await session.listFolders();
  await session.folderStatus('INBOX');
  await session.openFolder('INBOX');
  await session.uidsAfter(1);
  await session.fetchHeaders([1]);
}

/** What an attempt failed with, which must be an error of ours. */
export async function failureOf(attempt: Promise<unknown>): Promise<MailError> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof MailError) return error;
  throw new Error('did not fail as a MailError', { cause: error });
}
