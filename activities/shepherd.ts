import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Db } from '../drizzle/database.ts';
import { recordEvent } from '../drizzle/events.ts';
import { alone, findOverdue, type OverdueMailbox } from '../drizzle/lost.ts';
import { forgetOldUsage } from '../drizzle/usage.ts';
import { describeError } from '../log.ts';
import { WORKFLOW_TYPE, workflowIdOf } from '../workflows/messages.ts';
import { startOptions } from '../workflows/start-options.ts';

const AT_ONCE = 200;
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
 * Brings back mailboxes whose workflow got lost: Temporal's data are gone, or an operator ended it. One worker at a time
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
        if (await this.#isLost(mailbox)) await this.#bringBack(mailbox);
      }
    });
  }

  /** By id: what a search says of workflows is behind. */
  async #isLost({ id }: OverdueMailbox): Promise<boolean> {
    try {
      const { status } = await this.#options.client.workflow.getHandle(workflowIdOf(id)).describe();
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
