import { randomUUID } from 'node:crypto';
import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import { StaleBatchError } from '../drizzle/loop.ts';
import { MAIL_ERROR_KINDS, MailError } from '../mail/errors.ts';
import { describeError } from '../log.ts';
import { Deferred } from './deferral.ts';

/** A mail server is tried this often within one activity; longer waits belong to the workflow, where they are seen. */
const MAIL_ATTEMPTS = 2;
/** A defect or a database that is down: after this many attempts (15 s) the visit fails, so that the state shows it. */
const INTERNAL_ATTEMPTS = 5;
/** Each attempt finds one message that breaks the connection and sets it aside (read-folder.ts). */
const POISON_ATTEMPTS = 10;
const POISON: ReadonlySet<string> = new Set(['message_too_large', 'protocol_violation']);
/** How often a running activity says that it is alive; Temporal delivers a pause with the answer. */
const HEARTBEAT_MS = 2_000;

/** The mailbox was removed while its workflow was still running. */
export class MailboxGoneError extends Error {
  override readonly name = 'MailboxGoneError';
}

/**
 * Wraps an activity: heartbeats at a fixed pace, and turns whatever is thrown into a failure whose type says what to
 * do and whose message can stand in a history for ever.
 */
export function guarded<Request, Result>(
  logger: Logger,
  step: string,
  run: (request: Request) => Promise<Result>,
  internalAttempts = INTERNAL_ATTEMPTS,
): (request: Request) => Promise<Result> {
  return async (request) => {
    const context = Context.current();
    const heartbeat = setInterval(() => {
      context.heartbeat();
    }, HEARTBEAT_MS);
    const startedAt = performance.now();
    try {
      const result = await run(request);
      const ms = Math.round(performance.now() - startedAt);
      logger.debug({ step, request, result, ms }, 'step done');
      return result;
    } catch (error) {
      const { attempt } = context.info;
      throw toFailure(error, { logger: about(request, logger), step, attempt, internalAttempts });
    } finally {
      clearInterval(heartbeat);
    }
  };
}

/** Lines about a mailbox say which. */
function about(request: unknown, logger: Logger): Logger {
  if (typeof request !== 'object' || request === null || !('mailboxId' in request)) return logger;
  return logger.child({ mailboxId: request.mailboxId });
}

interface Circumstances {
  readonly logger: Logger;
  readonly step: string;
  readonly attempt: number;
  readonly internalAttempts: number;
}

function toFailure(error: unknown, circumstances: Circumstances): Error {
  const { logger, step, attempt } = circumstances;
  if (Context.current().cancellationSignal.aborted) return new CancelledFailure('cancelled');
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof MailError) {
    const { kind, responseCode, command } = error;
    logger.warn({ step, attempt, kind, responseCode, command }, 'mail error');
    const isPoison = POISON.has(error.kind);
    // A wait that the provider needs is the workflow's, where it is seen and can be paused.
    const mayRetryHere =
      error.retryAfterMs === null &&
      (isPoison || (error.kind !== 'throttled' && MAIL_ERROR_KINDS[error.kind].retryable));
    const attempts = isPoison ? POISON_ATTEMPTS : MAIL_ATTEMPTS;
    return ApplicationFailure.create({
      type: error.kind,
      message: error.message,
      nonRetryable: !mayRetryHere || attempt >= attempts,
      details: [detailsOf(error)],
    });
  }
  if (error instanceof Deferred) {
    const { deferral } = error;
    logger.info({ step, lane: deferral.lane, reason: deferral.reason }, 'deferred');
    return ApplicationFailure.create({
      ...{ type: 'deferred', message: error.message, nonRetryable: true },
      // Nothing failed: no error in the logs and metrics of Temporal.
      category: 'BENIGN',
      details: [{ deferral }],
    });
  }
  if (error instanceof StaleBatchError) {
    logger.warn({ step, attempt }, 'stale batch');
    return ApplicationFailure.nonRetryable(error.message, 'stale_batch');
  }
  if (error instanceof MailboxGoneError) {
    return ApplicationFailure.nonRetryable(error.message, 'mailbox_gone');
  }
  const reference = randomUUID();
  logger.error({ step, attempt, reference, error: describeError(error) }, 'step failed');
  return ApplicationFailure.create({
    type: 'internal',
    message: `Internal error; the log has reference ${reference}.`,
    nonRetryable: attempt >= circumstances.internalAttempts,
  });
}

/** What the workflow needs beside the kind: for how long to stay away, and what to do differently from then on. */
function detailsOf({ retryAfterMs, shouldSlowDown, isAlert, detail }: MailError): object {
  return { retryAfterMs, shouldSlowDown, isAlert, detail };
}
