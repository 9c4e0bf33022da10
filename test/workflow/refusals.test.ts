import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/activity';
import { expect, inject, test } from 'vitest';
import { EMPTY_SEED } from '../../domain/mailbox.ts';
import * as messages from '../../workflows/messages.ts';
import { command, statusOf, until } from '../support/ask-workflow.ts';
import { nothingNew, startMailbox } from '../support/mailbox-workflow.ts';

const address = inject('temporalAddress');

test('R55 credentials that a provider may have refused by mistake are asked once more, and only once', async () => {
  let visits = 0;
  const states: string[] = [];
  await using mailbox = await startMailbox(
    address,
    {
      loadMailbox: () =>
        Promise.resolve({
          ...{ seed: EMPTY_SEED, workspaceId: randomUUID(), provider: 'generic' },
          falseRefusals: true,
        }),
      projectStatus: ({ state }) => Promise.resolve(void states.push(state)),
      fetchNew: ({ checkpoint }) => {
        visits += 1;
        // Works, is refused by mistake, works, is refused for good.
        if (visits === 1 || visits === 3) return Promise.resolve(nothingNew(checkpoint));
        return Promise.reject(ApplicationFailure.nonRetryable('no', 'authentication_failed'));
      },
    },
    { confirmAfterMs: 1 },
  );
  await until(async () => (await statusOf(mailbox)).state).toBe('watching');
  await mailbox.handle.executeUpdate(messages.syncNow, { args: [command()] });
  await until(() => Promise.resolve(states)).toEqual([
    ...['connecting', 'watching', 'needs_reconnection', 'backing_off', 'watching'],
  ]);
  await mailbox.handle.executeUpdate(messages.syncNow, { args: [command()] });
  await until(() => Promise.resolve(visits)).toBe(5);
  await until(async () => (await statusOf(mailbox)).state).toBe('needs_reconnection');
  expect((await statusOf(mailbox)).nextVisitAt).toBeNull();
});
