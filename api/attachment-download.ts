import type { Readable } from 'node:stream';
import { copiesOf, wasRemoved, type AttachmentCopy } from '../drizzle/attachment-copies.ts';
import type { AttachedFile } from '../drizzle/engagement-parts.ts';
import { MailError } from '../mail/errors.ts';
import type { RequestContext } from './context.ts';
import { openMailbox, serverRefusal } from './mailbox-access.ts';
import { isRefusal, refusal, type Refusal } from './refusal.ts';

/** A file on its way from a mailbox; the connection ends with it. */
export interface AttachmentDownload extends AsyncDisposable {
  readonly content: Readable;
}

const GONE = refusal(
  410,
  'ATTACHMENT_GONE',
  'The message is in none of the folders of a connected mailbox any more. If it was moved just now, try again after the next visit.',
);

const REMOVED = refusal(
  410,
  'ATTACHMENT_REMOVED',
  'The message was deleted from the mailbox after it had been filed, as the policy afterImport asks. Attachments are not stored here, so this one is gone for good.',
);

/** The file from the first connected mailbox that still has it; one that may not be read now is passed over. */
export async function openAttachment(
  context: RequestContext,
  file: AttachedFile,
  signal: AbortSignal,
): Promise<AttachmentDownload | (Refusal & AsyncDisposable)> {
  const copies = await context.read((db) => copiesOf(db, file.engagementId));
  let hindrance: Refusal | null = null;
  for (const [mailboxId, places] of Map.groupBy(copies, (copy) => copy.mailboxId)) {
    const found = await openIn(context, mailboxId, { file, places, signal });
    if (found !== null && !isRefusal(found)) return found;
    hindrance ??= found;
  }
  const isRemoved = await context.read((db) => wasRemoved(db, file.engagementId));
  const gone = isRemoved ? REMOVED : GONE;
  return { ...(hindrance ?? gone), [Symbol.asyncDispose]: () => Promise.resolve() };
}

interface Search {
  readonly file: AttachedFile;
  readonly places: readonly AttachmentCopy[];
  readonly signal: AbortSignal;
}

/** null when it is not there any more. */
async function openIn(
  { loaders, services }: RequestContext,
  mailboxId: string,
  { file, places, signal }: Search,
): Promise<AttachmentDownload | Refusal | null> {
  const mailbox = await loaders.Mailbox.load(mailboxId);
  if (mailbox === null) return null;
  await using stack = new AsyncDisposableStack();
  const source = await openMailbox({ services, signal }, mailbox);
  if (source === null || isRefusal(source)) return source;
  stack.use(source);
  try {
    const content = await source.find(places, file);
    if (content === null) return null;
    const opened = stack.move();
    return { content, [Symbol.asyncDispose]: () => opened.disposeAsync() };
  } catch (error) {
    if (error instanceof MailError) return serverRefusal(error);
    throw error;
  }
}
