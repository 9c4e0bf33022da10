import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { Deferred } from '../../../activities/deferral.ts';
import { guarded, MailboxGoneError } from '../../../activities/failures.ts';
import { StaleBatchError } from '../../../drizzle/loop.ts';
import { MAIL_ERROR_KINDS, MailError, type MailErrorKind } from '../../../mail/errors.ts';

/** What the workflow is told when an activity throws `error` in its n-th attempt, and what is logged meanwhile. */
async function failureOf(error: unknown, attempt = 1, internalAttempts?: number) {
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
  const run = guarded(logger, 'persist', () => Promise.reject(error as Error), internalAttempts);
  const thrown: unknown = await new MockActivityEnvironment({ attempt })
    .run(run, { mailboxId: 'a-mailbox' })
    .catch((failure: unknown) => failure);
  if (!(thrown instanceof ApplicationFailure)) throw new Error('not an application failure');
  return { type: thrown.type, isFinal: thrown.nonRetryable, failure: thrown, log: lines.join('') };
}

describe('R55 what a failed activity tells the workflow', () => {
  test.each(Object.keys(MAIL_ERROR_KINDS) as MailErrorKind[])(
    '%s is told by its name',
    async (kind) => {
      const hint = { retryAfterMs: 300_000, shouldSlowDown: true, isAlert: true };
      const { type, failure } = await failureOf(new MailError(kind, 'Could not log in.', hint));
      expect(type).toBe(kind);
      expect(failure.details).toMatchObject([hint]);
    },
  );

  test.each<[MailErrorKind, number, boolean]>([
    ['authentication_failed', 1, true],
    ['throttled', 1, true],
    ['connection_lost', 1, false],
    ['connection_lost', 2, true],
  ])('%s in attempt %d ends the activity: %s', async (kind, attempt, isFinal) => {
    expect((await failureOf(new MailError(kind, 'x'), attempt)).isFinal).toBe(isFinal);
  });

  test.each<MailErrorKind>(['server_unavailable', 'protocol_violation', 'folder_missing'])(
    '%s with a wait is not tried again within the activity',
    async (kind) => {
      const error = new MailError(kind, 'x', { retryAfterMs: 60_000 });
      expect((await failureOf(error)).isFinal).toBe(true);
      expect((await failureOf(new MailError(kind, 'x'))).isFinal).toBe(false);
    },
  );

  test('the command of a refusal is in the log, without its arguments', async () => {
    const { log } = await failureOf(new MailError('protocol_violation', 'x', { command: 'LIST' }));
    expect(log).toContain('"command":"LIST"');
  });

  test('a line about a mailbox says which', async () => {
    const { log } = await failureOf(new MailError('throttled', 'x'));
    expect(log).toContain('"mailboxId":"a-mailbox"');
  });

  test('a defect is retried a few times, then the state of the mailbox shows it', async () => {
    expect(await failureOf(new TypeError('x'), 4)).toMatchObject({
      type: 'internal',
      isFinal: false,
    });
    expect(await failureOf(new TypeError('x'), 5)).toMatchObject({
      type: 'internal',
      isFinal: true,
    });
  });

  test('bookkeeping is tried without end', async () => {
    expect(await failureOf(new TypeError('x'), 999, Infinity)).toMatchObject({ isFinal: false });
  });

  test('what is put off is final, no error, and says why and until when', async () => {
    const deferral = { lane: 'backfill', reason: 'bytes_spent', until: 1_000 } as const;
    const { type, isFinal, failure } = await failureOf(new Deferred(deferral));
    expect([type, isFinal, failure.details]).toEqual(['deferred', true, [{ deferral }]]);
    expect(failure.category).toBe('BENIGN');
  });

  test('a stale batch and a mailbox that is gone are final', async () => {
    expect(await failureOf(new StaleBatchError('x'))).toMatchObject({
      type: 'stale_batch',
      isFinal: true,
    });
    expect(await failureOf(new MailboxGoneError('x'))).toMatchObject({
      type: 'mailbox_gone',
      isFinal: true,
    });
  });

  test('neither the failure nor the log quotes what an error says of a row, and one reference is in both', async () => {
    const row = Object.assign(new Error('Failed query … params: jill@customer.example'), {
      cause: Object.assign(new Error('Key (address)=(jill@customer.example)'), {
        ...{ code: '23505', constraint_name: 'contacts_x', detail: 'jill@customer.example' },
      }),
    });
    const { failure, log } = await failureOf(row);
    const reference = /reference ([0-9a-f-]{36})/.exec(failure.message)?.[1];
    expect(log).toContain(reference);
    expect(log).toContain('23505');
    expect(`${log}${failure.message}${failure.stack ?? ''}`).not.toContain('jill');
    expect(failure.cause).toBeUndefined();
  });

  test('a cancelled activity is cancelled, whatever it throws on its way out', async () => {
    const environment = new MockActivityEnvironment();
    const run = guarded(pino({ level: 'silent' }), 'fetch', () => {
      environment.cancel();
      return Promise.reject(new MailError('connection_lost', 'closed'));
    });
    await expect(environment.run(run, {})).rejects.toBeInstanceOf(CancelledFailure);
  });
});
