import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import * as messages from '../../workflows/messages.ts';
import type { TestMailbox } from './mailbox-workflow.ts';

/** What a signal or an update carries. */
export const command = (): messages.Command => ({ commandId: randomUUID() });

export const statusOf = ({ handle }: TestMailbox) => handle.query(messages.status);

/** Asks again and again, for half a minute at most. */
export const until = (check: () => unknown) => expect.poll(check, { timeout: 30_000 });
