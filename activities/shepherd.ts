import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Db } from '../drizzle/database.ts';
import { recordEvent } from '../drizzle/events.ts';
import { alone, findOverdue, type OverdueMailbox } from '../drizzle/lost.ts';
import { openRedecisions } from '../drizzle/redecisions.ts';
import { forgetOldUsage } from '../drizzle/usage.ts';
import { describeError } from '../log.ts';
import {
  REDECISION_TYPE,
  redecisionWorkflowIdOf,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '../workflows/messages.ts';
import { redecisionOptions, startOptions } from '../workflows/start-options.ts';

const AT_ONCE = 200;
/** A second look that was asked for is begun at once, unless Temporal was away. */
const SECOND_LOOK_LATE_MS = 60_000;
/** What a workflow can have ended as; every other word, and every error, may mean that it runs. */
const ENDED: ReadonlySet<string> = new Set([
  ...['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT'],
]);

export interface ShepherdOptions {
  readonly db: Db;
  readonly client: Client;
  readonly taskQueue: string;
  readonly logger: Logger;
  /** A mailbox is looked after when its visit is this late. */
  readonly overdueMs: number;
  readonly everyMs: number;
}

/**
 * Brings back mailboxes whose workflow got lost: Temporal's data are gone, or an operator ended it; the same with second
 * looks at earlier messages, which may never have been started. One worker at a time
 * looks; it starts what is certainly not running, and never ends anything. Whatever else is unclear is left alone.
 */
export class Shepherd implements AsyncDisposable {
  readonly #options: ShepherdOptions;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: ShepherdOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isOver) return;
    const { everyMs } = this.#options;
    this.#timer = setTimeout(() => void this.#lookAndPlan(), everyMs * (0.8 + 0.4 * Math.random()));
    this.#timer.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    return Promise.resolve();
  }

  /** One look over all mailboxes. */
  async look(): Promise<void> {
    const { db, overdueMs } = this.#options;
    await alone(db, 'mailroom_shepherd', async () => {
      await forgetOldUsage(db);
      for (const mailbox of await findOverdue(db, { overdueMs, limit: AT_ONCE })) {
        if (await this.#isLost(workflowIdOf(mailbox.id))) await this.#bringBack(mailbox);
      }
      const ageMs = Math.min(overdueMs, SECOND_LOOK_LATE_MS);
      for (const redecision of await openRedecisions(db, { ageMs, limit: AT_ONCE })) {
        if (await this.#isLost(redecisionWorkflowIdOf(redecision.id)))
          await this.#begin(redecision);
      }
    });
  }

  /** By id: what a search says of workflows is behind. */
  async #isLost(workflowId: string): Promise<boolean> {
    try {
      const { status } = await this.#options.client.workflow.getHandle(workflowId).describe();
      return ENDED.has(status.name);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return true;
      // Nothing is known now, of this one and probably of the others.
      throw error;
    }
  }

  async #bringBack(mailbox: OverdueMailbox): Promise<void> {
    const { db, client, taskQueue, logger } = this.#options;
    const { id: mailboxId, workspaceId } = mailbox;
    await client.workflow.start(WORKFLOW_TYPE, startOptions(mailbox, taskQueue));
    await recordEvent(db, { mailboxId, workspaceId }, 'workflow_lost');
    logger.warn({ mailboxId }, 'lost workflow started again');
  }

  /** A second look at earlier messages that nobody could start when it was asked for, or that got lost. */
  async #begin(redecision: { readonly id: string; readonly workspaceId: string }): Promise<void> {
    const { client, taskQueue, logger } = this.#options;
    await client.workflow.start(REDECISION_TYPE, redecisionOptions(redecision, taskQueue));
    logger.warn({ redecisionId: redecision.id }, 'second look started late');
  }

  async #lookAndPlan(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      const described = describeError(error);
      this.#options.logger.warn({ error: described }, 'lost workflows not looked after');
    }
    this.start();
  }
}
