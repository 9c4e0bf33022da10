import { ApplicationFailure } from '@temporalio/activity';
import { describe, expect, inject, test } from 'vitest';
import type { Activities, FetchRequest, PersistRequest } from '../../activities/contract.ts';
import { EMPTY_SEED } from '../../domain/mailbox.ts';
import * as messages from '../../workflows/messages.ts';
import { command, statusOf, until } from '../support/ask-workflow.ts';
import {
  aMailboxWith,
  HOUR_MS,
  nothingNew,
  quietActivities,
  startMailbox,
  type TestMailbox,
} from '../support/mailbox-workflow.ts';

const address = inject('temporalAddress');

/** An activity that waits, the first time it runs, until the test opens it. */
function held<Request, Result>(run: (request: Request) => Promise<Result>) {
  const [reached, opened] = [
    Promise.withResolvers<undefined>(),
    Promise.withResolvers<undefined>(),
  ];
  return {
    reached: reached.promise,
    open: () => {
      opened.resolve(undefined);
    },
    run: async (request: Request): Promise<Result> => {
      reached.resolve(undefined);
      await opened.promise;
      return run(request);
    },
  };
}

describe('R41 no signal is lost', () => {
  test('R56 a resume that comes while the pause is being reported is reported after it', async () => {
    const shown: string[] = [];
    const paused = held(() => Promise.resolve());
    await using mailbox = await startMailbox(address, {
      projectStatus: async (report) => {
        if (report.state === 'paused') await paused.run(report);
        shown.push(report.state);
      },
      // Nothing else happens for hours that would be reported.
      fetchNew: () =>
        Promise.reject(
          ApplicationFailure.create({
            ...{ type: 'throttled', nonRetryable: true, details: [{ retryAfterMs: HOUR_MS }] },
          }),
        ),
    });
    await until(() => Promise.resolve(shown.at(-1))).toBe('backing_off');
    await mailbox.handle.signal(messages.pause, command());
    await paused.reached;
    await mailbox.handle.signal(messages.resume, command());
    await until(async () => (await statusOf(mailbox)).state).toBe('backing_off');
    paused.open();
    await until(() => Promise.resolve(shown.slice(-2))).toEqual(['paused', 'backing_off']);
  });

  test('R52 a pause while a batch is committed: the batch counts, and no other begins', async () => {
    const { activities, committed } = aMailboxWith(2);
    const persist = held((request: PersistRequest) => theirs(activities, 'persist')(request));
    await using mailbox = await startMailbox(
      ...([address, { ...activities, persist: persist.run }, { batchSize: 1 }] as const),
    );
    await persist.reached;
    await mailbox.handle.signal(messages.pause, command());
    persist.open();
    await until(async () => (await statusOf(mailbox)).visits).toBe(1);
    const { state, checkpoint } = await statusOf(mailbox);
    expect([state, committed, checkpoint['INBOX']?.lastUid]).toEqual(['paused', [1], 1]);
    await mailbox.handle.signal(messages.resume, command());
    await until(() => committed).toEqual([1, 2]);
  });

  test('visit-now during a visit: another one follows it', async () => {
    const fetchNew = held(quietActivities().fetchNew);
    await using mailbox = await startMailbox(address, { fetchNew: fetchNew.run });
    await fetchNew.reached;
    await mailbox.handle.executeUpdate(messages.syncNow, { args: [command()] });
    fetchNew.open();
    await until(async () => (await statusOf(mailbox)).visits).toBe(2);
  });

  test('R52 a pause before the checkpoint is loaded', async () => {
    let fetches = 0;
    const states: string[] = [];
    const loadMailbox = held(quietActivities().loadMailbox);
    await using mailbox = await startMailbox(address, {
      loadMailbox: loadMailbox.run,
      fetchNew: ({ checkpoint }) => {
        fetches += 1;
        return Promise.resolve(nothingNew(checkpoint));
      },
      projectStatus: ({ state }) => Promise.resolve(void states.push(state)),
    });
    await loadMailbox.reached;
    await mailbox.handle.signal(messages.pause, command());
    loadMailbox.open();
    await until(() => states).toEqual(['paused']);
    expect([(await statusOf(mailbox)).state, fetches]).toEqual(['paused', 0]);
  });

  test('R54 a disconnection before the checkpoint is loaded', async () => {
    const loadMailbox = held(quietActivities().loadMailbox);
    const fetchNew = () => Promise.reject(new Error('must not be visited'));
    await using mailbox = await startMailbox(address, { loadMailbox: loadMailbox.run, fetchNew });
    await loadMailbox.reached;
    await mailbox.handle.signal(messages.disconnect, command());
    loadMailbox.open();
    await mailbox.handle.result();
    expect((await statusOf(mailbox)).visits).toBe(0);
  });
});

describe('R54 how a mailbox ends', () => {
  async function ending(activities: Partial<Activities>, end: (mailbox: TestMailbox) => unknown) {
    const cleaned: string[] = [];
    const cleanUp: Activities['cleanUp'] = ({ mailboxId }) =>
      Promise.resolve(void cleaned.push(mailboxId));
    await using mailbox = await startMailbox(address, { ...activities, cleanUp });
    await end(mailbox);
    await mailbox.handle.result();
    return { cleaned: cleaned.length, state: (await statusOf(mailbox)).state };
  }
  const watching = async (mailbox: TestMailbox) => {
    await until(async () => (await statusOf(mailbox)).state).toBe('watching');
  };

  test('disconnect does not wait for the next visit', async () => {
    const ended = await ending({}, async (mailbox) => {
      await watching(mailbox);
      await mailbox.handle.signal(messages.disconnect, command());
    });
    expect(ended).toEqual({ cleaned: 1, state: 'disconnected' });
  });

  test('a mailbox that is gone ends by itself', async () => {
    const gone = ApplicationFailure.nonRetryable('gone', 'mailbox_gone');
    const ended = await ending({ fetchNew: () => Promise.reject(gone) }, () => undefined);
    expect(ended).toEqual({ cleaned: 1, state: 'disconnected' });
  });

  test('a mailbox that is gone before its workflow begins is not even visited', async () => {
    const fetchNew = () => Promise.reject(new Error('must not be visited'));
    const loadMailbox = () => Promise.resolve(null);
    expect(await ending({ fetchNew, loadMailbox }, () => undefined)).toMatchObject({ cleaned: 0 });
  });
});

test('R41 a workflow that was lost goes on from what is committed', async () => {
  const checkpoint = { INBOX: { uidValidity: '1', lastUid: 7 } };
  const seed = { ...EMPTY_SEED, seq: 4, checkpoint };
  const requests: FetchRequest[] = [];
  await using mailbox = await startMailbox(address, {
    loadMailbox: () => Promise.resolve({ seed, workspaceId: 'w', provider: 'generic' }),
    fetchNew: (request) => {
      requests.push(request);
      return Promise.resolve(nothingNew(request.checkpoint));
    },
  });
  await until(async () => (await statusOf(mailbox)).state).toBe('watching');
  expect(requests).toMatchObject([{ seq: 5, checkpoint }]);
});

test('R3 an empty visit may move the checkpoint, over UIDs that are gone', async () => {
  const moved = { INBOX: { uidValidity: '1', lastUid: 9 } };
  await using mailbox = await startMailbox(address, {
    fetchNew: () => Promise.resolve(nothingNew(moved)),
  });
  await until(async () => (await statusOf(mailbox)).checkpoint).toEqual(moved);
});

test('R41 the checkpoint is what was committed, not what was fetched', async () => {
  const { activities } = aMailboxWith(1);
  const committed = { INBOX: { uidValidity: '1', lastUid: 0 } };
  const counts = { logged: 1, skipped: 0, failed: 0 };
  await using mailbox = await startMailbox(address, {
    ...activities,
    persist: () => Promise.resolve({ checkpoint: committed, ...counts }),
  });
  await until(async () => (await statusOf(mailbox)).state).toBe('watching');
  expect((await statusOf(mailbox)).checkpoint).toEqual(committed);
});

test('R1 only the last batch of a visit ends it: until then the connection is kept', async () => {
  const { activities } = aMailboxWith(3);
  const ends: boolean[] = [];
  const persist: Activities['persist'] = (request) => {
    ends.push(request.isLast);
    return theirs(activities, 'persist')(request);
  };
  await using mailbox = await startMailbox(address, { ...activities, persist }, { batchSize: 1 });
  await until(async () => (await statusOf(mailbox)).state).toBe('watching');
  expect(ends).toEqual([false, false, true]);
  expect((await statusOf(mailbox)).nextVisitAt).toBeGreaterThan(Date.now() + HOUR_MS / 2);
});

function theirs<Name extends keyof Activities>(
  activities: Partial<Activities>,
  name: Name,
): Activities[Name] {
  return activities[name] ?? quietActivities()[name];
}
