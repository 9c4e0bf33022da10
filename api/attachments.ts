import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { GraphQLError } from 'graphql';
import { findAttachment } from '../drizzle/attachment-copies.ts';
import type { AttachedFile } from '../drizzle/engagement-parts.ts';
import { describeError } from '../log.ts';
import { setAttachmentHeaders } from './attachment-headers.ts';
import { openAttachment } from './attachment-download.ts';
import { authenticate, type RequestContext, type Services } from './context.ts';
import { idOf, toGlobalId } from './ids.ts';
import { isRefusal, refusal, type Refusal } from './refusal.ts';

export const ATTACHMENT_ROUTE = '/attachments/:engagementId/:part';
/** The mailbox is nobody else's meanwhile, its visits included. */
const LONGEST_DOWNLOAD_MS = 10 * 60_000;
/** Somebody who takes nothing for so long has lost interest, or means to keep the mailbox from us. */
const STALLED_MS = 60_000;
const SECTION_NUMBER = /^\d{1,5}(?:\.\d{1,5}){0,20}$/;
const UNKNOWN = refusal(404, 'NOT_FOUND', 'There is no such attachment.');

/** Where a file can be downloaded, below the address of this server. */
export function attachmentPath({ engagementId, part }: AttachedFile): string {
  return `/attachments/${toGlobalId('Engagement', engagementId)}/${part}`;
}

/**
 * Streams a file from the mailbox to whoever may see its engagement: it is not stored here, neither before nor after.
 * Errors have the form of a GraphQL answer.
 */
export function attachmentRoute(
  services: Services,
  { stalledMs = STALLED_MS }: { readonly stalledMs?: number } = {},
): RequestHandler {
  return async (request, response) => {
    response.setTimeout(stalledMs, () => response.destroy());
    // Nothing about a file, and no reason why there is none, is anybody else's.
    response.setHeader('Cache-Control', 'private, no-store');
    try {
      const context = await authenticate(services, request);
      const file = await findFile(context, request);
      if (file === null) refuse(response, UNKNOWN);
      else if (request.method === 'HEAD') describe(response, file);
      else await send(context, file, response);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { message, extensions } = error;
      response
        .status(401)
        .json({ errors: [{ message, extensions: { code: extensions['code'] } }] });
    }
  };
}

async function findFile(
  context: RequestContext,
  { params }: Request,
): Promise<AttachedFile | null> {
  const { engagementId = '', part = '' } = params;
  const id = typeof engagementId === 'string' ? idOf('Engagement', engagementId) : null;
  if (id === null || typeof part !== 'string' || !SECTION_NUMBER.test(part)) return null;
  return context.read((db) => findAttachment(db, id, part));
}

/** Without asking the mailbox: whether it still has the file shows when it is asked for. */
function describe(response: Response, file: AttachedFile): void {
  setAttachmentHeaders(response, file);
  response.end();
}

async function send(
  context: RequestContext,
  file: AttachedFile,
  response: Response,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(LONGEST_DOWNLOAD_MS)]);
  try {
    await using download = await openAttachment(context, file, signal);
    if (isRefusal(download)) {
      refuse(response, download);
      return;
    }
    setAttachmentHeaders(response, file);
    await pipeline(download.content, response);
  } catch (error) {
    // Nobody is there to hear of it.
    if (signal.aborted) response.destroy();
    else if (response.headersSent) {
      // The connection breaks off, so that nobody takes half a file for a whole one.
      context.services.log.warn({ error: describeError(error) }, 'download broke off');
      response.destroy();
    } else throw error;
  }
}

function refuse(response: Response, { status, code, message, retryAfterSeconds }: Refusal): void {
  if (retryAfterSeconds !== null) response.setHeader('Retry-After', retryAfterSeconds);
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}
