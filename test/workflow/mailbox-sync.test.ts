import { ApplicationFailure, Context } from '@temporalio/activity';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { describe, expect, inject, test } from 'vitest';
import type { StatusReport } from '../../activities/contract.ts';
import { EMPTY_SEED } from '../../domain/mailbox.ts';
import * as messages from '../../workflows/messages.ts';
import { command, statusOf, until } from '../support/ask-workflow.ts';
import { aMailboxWith, HOUR_MS, nothingNew, startMailbox } from '../support/mailbox-workflow.ts';

const address = inject('temporalAddress');

describe('the loop of one mailbox', () => {
  test('R3 the checkpoint is workflow state and ends where the last committed batch ends', async () => {
    const { activities, committed } = aMailboxWith(25);
    await using mailbox = await startMailbox(address, activities, { batchSize: 10 });
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    const { checkpoint, decided } = await statusOf(mailbox);
    expect(checkpoint).toEqual({ INBOX: { uidValidity: '1', lastUid: 25 } });
    expect([committed, decided]).toEqual([[1, 2, 3], 3]);
  });

  test('an empty visit costs one activity and one timer', async () => {
    await using mailbox = await startMailbox(address, {
      fetchNew: ({ checkpoint }) => Promise.resolve({ ...nothingNew(checkpoint), pollEveryMs: 1 }),
    });
    await until(async () => (await statusOf(mailbox)).visits).toBeGreaterThanOrEqual(3);
    await mailbox.handle.signal(messages.disconnect, command());
    await mailbox.handle.result();
    const { visits } = await statusOf(mailbox);
    const { events } = await mailbox.handle.fetchHistory();
    const scheduled = (events ?? []).flatMap(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
    );
    const bookkeeping = [
      'loadMailbox',
      'projectStatus',
      'projectStatus',
      'projectStatus',
      'cleanUp',
    ];
    expect(scheduled.toSorted()).toEqual(
      [...bookkeeping, ...Array<string>(visits).fill('fetchNew')].toSorted(),
    );
    const timers = (events ?? []).filter((event) => event.timerStartedEventAttributes);
    expect(timers.length).toBeLessThanOrEqual(visits);
  });

  test('R52 pause takes effect while a fetch hangs, and resume goes on from the checkpoint', async () => {
    let fetches = 0;
    let isAborted = false;
    await using mailbox = await startMailbox(address, {
      fetchNew: async ({ checkpoint }) => {
        fetches += 1;
        if (fetches > 1) return nothingNew(checkpoint);
        const heartbeat = setInterval(() => Context.current().heartbeat(), 50);
        const signal = Context.current().cancellationSignal;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        clearInterval(heartbeat);
        isAborted = true;
        return nothingNew(checkpoint);
      },
    });
    await until(() => Promise.resolve(fetches)).toBe(1);
    await mailbox.handle.signal(messages.pause, command());
    await mailbox.handle.signal(messages.pause, command());
    expect((await statusOf(mailbox)).state).toBe('paused');
    await until(() => Promise.resolve(isAborted)).toBe(true);
    expect(await statusOf(mailbox)).toMatchObject({ failures: 0, lastError: null });
    await mailbox.handle.signal(messages.resume, command());
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    expect(fetches).toBe(2);
  });

  test('R52 a mailbox that was paused before its workflow was lost starts paused', async () => {
    const seed = { ...EMPTY_SEED, seq: 7, paused: true };
    await using mailbox = await startMailbox(address, {
      loadMailbox: () => Promise.resolve({ seed, workspaceId: 'w', provider: 'generic' }),
      fetchNew: () => Promise.reject(new Error('must not be visited')),
    });
    await until(async () => (await statusOf(mailbox)).state).toBe('paused');
  });

  test('R55 a refused login parks the mailbox after one login; only newer credentials wake it', async () => {
    let logins = 0;
    await using mailbox = await startMailbox(address, {
      fetchNew: ({ checkpoint }) => {
        logins += 1;
        if (logins > 1) return Promise.resolve(nothingNew(checkpoint));
        return Promise.reject(ApplicationFailure.nonRetryable('refused', 'authentication_failed'));
      },
    });
    await until(async () => (await statusOf(mailbox)).state).toBe('needs_reconnection');
    expect((await statusOf(mailbox)).lastError?.code).toBe('authentication_failed');
    await mailbox.handle.signal(messages.reconnect, { ...command(), credentialVersion: 0 });
    await mailbox.handle.signal(messages.resume, command());
    await mailbox.handle.signal(messages.nudge);
    expect((await statusOf(mailbox)).state).toBe('needs_reconnection');
    expect(logins).toBe(1);
    await mailbox.handle.signal(messages.reconnect, { ...command(), credentialVersion: 1 });
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    expect(logins).toBe(2);
  });

  test("trap 8: R55 a throttle waits for at least the provider's hint, and nobody can shorten it", async () => {
    const states: string[] = [];
    await using mailbox = await startMailbox(address, {
      projectStatus: ({ state }) => Promise.resolve(void states.push(state)),
      fetchNew: () =>
        Promise.reject(
          ApplicationFailure.create({
            ...{ message: 'slow down', type: 'throttled', nonRetryable: true },
            details: [{ retryAfterMs: 2 * HOUR_MS }],
          }),
        ),
    });
    await until(async () => (await statusOf(mailbox)).state).toBe('backing_off');
    const plan = await mailbox.handle.executeUpdate(messages.syncNow, { args: [command()] });
    await mailbox.handle.signal(messages.pause, command());
    await until(() => Promise.resolve(states.at(-1))).toBe('paused');
    await mailbox.handle.signal(messages.resume, command());
    await mailbox.handle.signal(messages.nudge);
    await until(() => Promise.resolve(states.at(-1))).toBe('backing_off');
    expect(plan.notBefore).toBeGreaterThan(Date.now() + HOUR_MS);
    expect((await statusOf(mailbox)).nextVisitAt).toBe(plan.notBefore);
    const { events } = await mailbox.handle.fetchHistory();
    const fetches = (events ?? []).filter(
      ({ activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled?.activityType?.name === 'fetchNew',
    );
    expect(fetches).toHaveLength(1);
  });

  test('R55 an outage heals by itself and keeps the state out of the way of people', async () => {
    let visits = 0;
    await using mailbox = await startMailbox(address, {
      fetchNew: ({ checkpoint }) => {
        visits += 1;
        if (visits > 1) return Promise.resolve(nothingNew(checkpoint));
        return Promise.reject(ApplicationFailure.nonRetryable('down', 'server_unavailable'));
      },
    });
    await until(async () => (await statusOf(mailbox)).state).toBe('backing_off');
    await mailbox.handle.executeUpdate(messages.syncNow, { args: [command()] });
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    expect((await statusOf(mailbox)).lastError).toBeNull();
  });

  test('visit-now is refused with a reason while the mailbox is paused', async () => {
    await using mailbox = await startMailbox(address, {});
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    await mailbox.handle.signal(messages.pause, command());
    const refused = await mailbox.handle
      .executeUpdate(messages.syncNow, { args: [command()] })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WorkflowUpdateFailedError);
    expect(refused).toMatchObject({ cause: { type: messages.NOT_ACTIVE } });
  });

  test('R54 disconnect interrupts a fetch, forgets the credentials and ends the workflow', async () => {
    const reports: StatusReport[] = [];
    let [isFetching, isCleaned] = [false, false];
    await using mailbox = await startMailbox(address, {
      fetchNew: async () => {
        isFetching = true;
        const heartbeat = setInterval(() => Context.current().heartbeat(), 50);
        const signal = Context.current().cancellationSignal;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        clearInterval(heartbeat);
        return nothingNew();
      },
      projectStatus: (report) => Promise.resolve(void reports.push(report)),
      cleanUp: () => Promise.resolve(void (isCleaned = true)),
    });
    await until(() => Promise.resolve(isFetching)).toBe(true);
    await mailbox.handle.signal(messages.disconnect, command());
    await mailbox.handle.result();
    expect(isCleaned).toBe(true);
    expect(reports.at(-1)?.state).toBe('disconnected');
  });

  test('R41 no signal and no checkpoint is lost while the workflow continues as new', async () => {
    const { activities, committed } = aMailboxWith(12);
    const small = { batchSize: 1, batchesPerVisit: 1, visitsPerRun: 2 };
    await using mailbox = await startMailbox(address, activities, small);
    for (let n = 0; n < 10; n += 1) await mailbox.handle.signal(messages.nudge);
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    const { checkpoint, visits } = await statusOf(mailbox);
    expect(checkpoint).toEqual({ INBOX: { uidValidity: '1', lastUid: 12 } });
    expect(committed).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(visits).toBeGreaterThanOrEqual(12);
    const runs: string[] = [];
    const query = `WorkflowId = '${mailbox.handle.workflowId}'`;
    await until(async () => {
      runs.length = 0;
      for await (const { runId } of mailbox.client.workflow.list({ query })) runs.push(runId);
      return runs.length;
    }).toBeGreaterThan(4);
  });

  test('R41 a batch that somebody else committed meanwhile: the workflow goes on from what is committed', async () => {
    const { activities, committed } = aMailboxWith(3);
    const seed = { ...EMPTY_SEED, seq: 5, checkpoint: { INBOX: { uidValidity: '1', lastUid: 2 } } };
    let loads = 0;
    let isStale = true;
    await using mailbox = await startMailbox(address, {
      ...activities,
      loadMailbox: () => {
        loads += 1;
        return Promise.resolve({
          seed: loads === 1 ? EMPTY_SEED : seed,
          ...{ workspaceId: 'w', provider: 'generic' },
        });
      },
      persist: (request) => {
        if (isStale) {
          isStale = false;
          return Promise.reject(ApplicationFailure.nonRetryable('stale', 'stale_batch'));
        }
        return activities.persist?.(request) ?? Promise.reject(new Error('no persist'));
      },
    });
    await until(async () => (await statusOf(mailbox)).state).toBe('backing_off');
    await mailbox.handle.executeUpdate(messages.syncNow, { args: [command()] });
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    expect(committed).toEqual([6]);
  });

  test('R52 a pause that is taken back at once leaves no trace of an error', async () => {
    let fetches = 0;
    await using mailbox = await startMailbox(address, {
      fetchNew: async ({ checkpoint }) => {
        fetches += 1;
        if (fetches > 1) return nothingNew(checkpoint);
        const heartbeat = setInterval(() => {
          Context.current().heartbeat();
        }, 50);
        const signal = Context.current().cancellationSignal;
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        clearInterval(heartbeat);
        return nothingNew(checkpoint);
      },
    });
    await until(() => Promise.resolve(fetches)).toBe(1);
    await Promise.all([
      mailbox.handle.signal(messages.pause, command()),
      mailbox.handle.signal(messages.resume, command()),
    ]);
    await mailbox.handle.signal(messages.resume, command());
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    expect((await statusOf(mailbox)).failures).toBe(0);
  });

  test('R52 a resume that brings a lost workflow back counts, whatever the store still says', async () => {
    let release = (): void => undefined;
    const loaded = new Promise<void>((resolve) => (release = resolve));
    await using mailbox = await startMailbox(address, {
      loadMailbox: async () => {
        await loaded;
        return { seed: { ...EMPTY_SEED, paused: true }, workspaceId: 'w', provider: 'generic' };
      },
    });
    await mailbox.handle.signal(messages.resume, command());
    release();
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
  });

  test('R54 cancelling a workflow in the Temporal UI ends it and leaves the credentials alone', async () => {
    let isCleaned = false;
    await using mailbox = await startMailbox(address, {
      cleanUp: () => Promise.resolve(void (isCleaned = true)),
    });
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
    await mailbox.handle.cancel();
    await expect(mailbox.handle.result()).rejects.toMatchObject({
      cause: { name: 'CancelledFailure' },
    });
    expect(isCleaned).toBe(false);
  });
});
