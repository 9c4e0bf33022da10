import { describe, expect, test } from 'vitest';
import { startScriptedImap } from '../../support/scripted-imap.ts';
import { failureOf, open, openInbox, row } from './scripted.ts';

/** What providers do beyond the specification, and what imapflow makes of it: facts-mail.md section 2, traps 1 to 6. */

describe('imapflow, 1: a refused login is not always a refused password', () => {
  test.each([
    ['NO [ALERT] Too many simultaneous connections. (Failure)', 'throttled'],
    ['NO [UNAVAILABLE] Maximum number of connections exceeded', 'throttled'],
    ['NO [UNAVAILABLE] Temporary authentication failure', 'server_unavailable'],
    ['NO [LIMIT] Slow down', 'throttled'],
    ['NO [INUSE] Locked', 'server_unavailable'],
    ['NO [AUTHENTICATIONFAILED] Authentication failed.', 'authentication_failed'],
    ['NO LOGIN failed.', 'authentication_failed'],
    ['BAD User is authenticated but not connected.', 'server_unavailable'],
  ])('trap 1: R55 %s', async (answer, kind) => {
    await using scripted = await startScriptedImap({ LOGIN: [`TAG ${answer}`] });
    expect((await failureOf(open(scripted))).kind).toBe(kind);
    expect(scripted.countOf('LOGIN')).toBe(1);
  });
});

describe('imapflow, 2: the code of a refused FETCH stands inside the parsed answer', () => {
  test.each([
    ['NO [OVERQUOTA] Account exceeded command or bandwidth limits.', 'throttled'],
    ['NO [SERVERBUG] Oops', 'folder_missing'],
    ['NO [UNAVAILABLE] Later', 'server_unavailable'],
    ['NO [NONEXISTENT] Gone', 'folder_missing'],
  ])('%s', async (answer, kind) => {
    await using scripted = await startScriptedImap({ 'UID FETCH': [`TAG ${answer}`] });
    await using session = await openInbox(scripted);
    const failure = await failureOf(session.fetchHeaders([1]));
    expect(failure.kind).toBe(kind);
    expect(failure.responseCode).toBe(/\[(\w+)\]/.exec(answer)?.[1]);
  });
});

describe('R8 a folder that may not be read is no mailbox that may not be read', () => {
  test.each(['STATUS', 'EXAMINE', 'UID SEARCH', 'UID FETCH'])('%s', async (command) => {
    for (const code of ['NOPERM', 'AUTHORIZATIONFAILED', 'CONTACTADMIN', 'CORRUPTION']) {
      await using scripted = await startScriptedImap({ [command]: [`TAG NO [${code}] No`] });
      await using session = await open(scripted);
      const attempt = async (): Promise<void> => {
        await session.folderStatus('INBOX');
        await session.openFolder('INBOX');
        await session.uidsAfter(1);
        await session.fetchHeaders([1]);
      };
      const failure = await failureOf(attempt());
      expect([failure.kind, failure.responseCode]).toEqual(['folder_missing', code]);
    }
  });

  test('at the login it is', async () => {
    await using scripted = await startScriptedImap({ LOGIN: ['TAG NO [NOPERM] No'] });
    expect((await failureOf(open(scripted))).kind).toBe('authorization_failed');
  });
});

describe('imapflow, 3: a NO that imapflow swallows is an error, never an empty mailbox', () => {
  test('trap 2: SEARCH', async () => {
    await using scripted = await startScriptedImap({
      'UID SEARCH': ['TAG NO [LIMIT] Rate limit hit.'],
    });
    await using session = await openInbox(scripted);
    expect((await failureOf(session.uidsAfter(1))).kind).toBe('throttled');
    expect((await failureOf(session.existing([1]))).responseCode).toBe('LIMIT');
    expect((await failureOf(session.uidsSince(new Date()))).retryAfterMs).toBe(15 * 60_000);
  });

  test('STATUS', async () => {
    await using scripted = await startScriptedImap({ STATUS: ['TAG NO [UNAVAILABLE] Later'] });
    await using session = await open(scripted);
    const failure = await failureOf(session.folderStatus('INBOX'));
    expect([failure.kind, failure.responseCode]).toEqual(['server_unavailable', 'UNAVAILABLE']);
  });

  test('STATUS that leaves counters out', async () => {
    await using scripted = await startScriptedImap({
      STATUS: ['* STATUS INBOX (MESSAGES 3)', 'TAG OK'],
    });
    await using session = await open(scripted);
    expect((await failureOf(session.folderStatus('INBOX'))).kind).toBe('protocol_violation');
  });

  test('SEARCH on a connection that is gone', async () => {
    await using scripted = await startScriptedImap();
    const session = await openInbox(scripted);
    await session[Symbol.asyncDispose]();
    expect(session.isOpen).toBe(false);
    expect((await failureOf(session.uidsAfter(1))).kind).toBe('connection_lost');
  });
});

describe('imapflow, 4: a server that says BYE', () => {
  test.each([
    ['* BYE Too many connections', 'throttled'],
    ['* BYE Shutting down for maintenance', 'server_unavailable'],
  ])('as its greeting: %s', async (greeting, kind) => {
    await using scripted = await startScriptedImap({}, [greeting, 'CLOSE']);
    expect((await failureOf(open(scripted))).kind).toBe(kind);
  });

  test('R55 in the middle of the login', async () => {
    await using scripted = await startScriptedImap({ LOGIN: ['* BYE Server going down', 'CLOSE'] });
    expect((await failureOf(open(scripted))).kind).toBe('server_unavailable');
  });

  test('in the middle of a FETCH', async () => {
    const bye = '* BYE Account exceeded command or bandwidth limits.';
    await using scripted = await startScriptedImap({ 'UID FETCH': [row(1), bye, 'CLOSE'] });
    await using session = await openInbox(scripted);
    expect((await failureOf(session.fetchHeaders([1, 2]))).kind).toBe('throttled');
    expect(session.isOpen).toBe(false);
  });

  test('a connection that just ends', async () => {
    await using scripted = await startScriptedImap({ 'UID FETCH': [row(1), 'CLOSE'] });
    await using session = await openInbox(scripted);
    expect((await failureOf(session.fetchHeaders([1, 2]))).kind).toBe('connection_lost');
  });
});

describe('imapflow, 5: Microsoft 365 names its own pause', () => {
  const answer = 'TAG BAD Request is throttled. Suggested Backoff Time: 400000 milliseconds';

  test.each(['UID FETCH', 'UID SEARCH', 'STATUS', 'LOGIN'])(
    'trap 8: R55 a pause of 400 s in the answer to %s ends the call in a second and is handed on',
    async (command) => {
      await using scripted = await startScriptedImap({ [command]: [answer] });
      const startedAt = performance.now();
      const attempt = async (): Promise<void> => {
        const session = await open(scripted);
        await session.folderStatus('INBOX');
        await session.openFolder('INBOX');
        await session.uidsAfter(1);
        await session.fetchHeaders([1]);
      };
      const failure = await failureOf(attempt());
      expect([failure.kind, failure.retryAfterMs]).toEqual(['throttled', 400_000]);
      expect(performance.now() - startedAt).toBeLessThan(10_000);
      expect(scripted.countOf(command)).toBe(1);
    },
  );
});

describe('imapflow, 6: Gmail throttles with a good answer', () => {
  test('R1 it is noticed', async () => {
    await using scripted = await startScriptedImap({
      'UID SEARCH': ['* SEARCH 3', 'TAG OK Success [THROTTLED]'],
    });
    await using session = await openInbox(scripted);
    expect(session.isThrottled()).toBe(false);
    expect(await session.uidsAfter(1)).toEqual([3]);
    expect(session.isThrottled()).toBe(true);
  });
});
