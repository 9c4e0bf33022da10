import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Config } from '../config.ts';
import {
  disconnect,
  NOT_ACTIVE,
  nudge,
  pause,
  reconnect,
  REDECISION_TYPE,
  redecisionWorkflowIdOf,
  resume,
  status,
  stopImport,
  syncNow,
  workflowIdOf,
  WORKFLOW_TYPE,
  type Command,
  type MailboxStatus,
  type Nudge,
  type ReconnectCommand,
} from '../workflows/messages.ts';
import { redecisionOptions, startOptions } from '../workflows/start-options.ts';
import {
  SchedulerUnavailable,
  type Orchestrator,
  type RedecisionRef,
  type SyncAnswer,
  type Told,
  type Visited,
} from './scheduling.ts';

/** How long a person waits to learn that Temporal is there, for a workflow to answer, and for a command to be taken. */
const REACH_MS = 1_500;
const ANSWER_MS = 1_500;
const COMMAND_MS = 3_000;

/** Connects with the first call, and again after an outage: the API starts and reads while Temporal is down. */
export function openOrchestrator(options: Config['temporal']): Orchestrator {
  return new TemporalOrchestrator(options);
}

class TemporalOrchestrator implements Orchestrator {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #taskQueue: string;
  readonly #calls = new Set<Promise<unknown>>();
  #isClosing = false;

  constructor({ connection, namespace, taskQueue }: Config['temporal']) {
    this.#connection = Connection.lazy({ ...connection, interceptors: [this.#retries()] });
    this.#client = new Client({ connection: this.#connection, namespace });
    this.#taskQueue = taskQueue;
  }

  async start(mailbox: Visited): Promise<void> {
    await this.#reach();
    await this.#start(mailbox);
  }

  pause(mailbox: Visited, commandId: string): Promise<void> {
    return this.#signal(mailbox, pause.name, { commandId });
  }

  resume(mailbox: Visited, commandId: string): Promise<void> {
    return this.#signal(mailbox, resume.name, { commandId });
  }

  reconnect(mailbox: Visited, commandId: string, credentialVersion: number): Promise<void> {
    return this.#signal(mailbox, reconnect.name, { commandId, credentialVersion });
  }

  stopImport(mailbox: Visited, commandId: string): Promise<void> {
    return this.#signal(mailbox, stopImport.name, { commandId });
  }

  nudge(mailbox: Visited): Promise<void> {
    return this.#signal(mailbox, nudge.name, {});
  }

  async disconnect(mailboxId: string, commandId: string): Promise<Told> {
    await this.#reach();
    try {
      await this.#send(() => this.#handle(mailboxId).signal(disconnect, { commandId }));
      return 'told';
    } catch (error) {
      if (isGone(error)) return 'already_gone';
      throw error;
    }
  }

  async syncNow(mailbox: Visited, commandId: string): Promise<SyncAnswer> {
    await this.#reach();
    try {
      const plan = await this.#within(ANSWER_MS, () =>
        this.#handle(mailbox.id).executeUpdate(syncNow, {
          args: [{ commandId }],
          updateId: commandId,
        }),
      );
      return { kind: 'planned', plan };
    } catch (error) {
      if (isRefusal(error)) return { kind: 'not_active' };
      if (error instanceof WorkflowNotFoundError) await this.#start(mailbox);
      // An update that nobody took is lost; a signal waits for the worker.
      else await this.#send(() => this.#handle(mailbox.id).signal(nudge));
      return { kind: 'kept' };
    }
  }

  async startRedecision(redecision: RedecisionRef): Promise<void> {
    await this.#reach();
    const options = redecisionOptions(redecision, this.#taskQueue);
    await this.#send(() => this.#client.workflow.start(REDECISION_TYPE, options));
  }

  async isRedecided(redecisionId: string): Promise<boolean> {
    const handle = this.#client.workflow.getHandle(redecisionWorkflowIdOf(redecisionId));
    try {
      await this.#within(ANSWER_MS, () => handle.result());
      return true;
    } catch {
      return false;
    }
  }

  ping(): Promise<void> {
    return this.#reach();
  }

  async status(mailboxId: string): Promise<MailboxStatus | null> {
    try {
      return await this.#within(ANSWER_MS, () => this.#handle(mailboxId).query(status));
    } catch {
      return null;
    }
  }

  /** Calls that were given up go on retrying inside the client; a retry on a closed connection would end the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    await Promise.allSettled(this.#calls);
    await this.#connection.close();
  }

  #retries() {
    const usual = defaultGrpcRetryOptions();
    return makeGrpcRetryInterceptor({
      ...usual,
      retryableDecider: (attempt, status) =>
        !this.#isClosing && usual.retryableDecider(attempt, status),
    });
  }

  async #start(mailbox: Visited): Promise<void> {
    await this.#send(() => this.#client.workflow.start(WORKFLOW_TYPE, this.#options(mailbox)));
  }

  /** With start: a workflow that got lost comes back with the first command. */
  async #signal(
    mailbox: Visited,
    signal: string,
    command: Command | ReconnectCommand | Nudge,
  ): Promise<void> {
    await this.#reach();
    await this.#send(() =>
      this.#client.workflow.signalWithStart(WORKFLOW_TYPE, {
        ...this.#options(mailbox),
        signal,
        signalArgs: [command],
      }),
    );
  }

  #options(mailbox: Visited) {
    return startOptions({ ...mailbox, host: mailbox.server.host }, this.#taskQueue);
  }

  #handle(mailboxId: string) {
    return this.#client.workflow.getHandle(workflowIdOf(mailboxId));
  }

  /** Asked before every command: only while nothing has been sent is it certain that nothing will happen. */
  async #reach(): Promise<void> {
    try {
      await this.#within(REACH_MS, () => this.#connection.workflowService.getSystemInfo({}));
    } catch (cause) {
      throw new SchedulerUnavailable('unreachable', { cause });
    }
  }

  /** Whatever the client throws means to the caller that nobody said the command was taken. */
  async #send<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#within(COMMAND_MS, work);
    } catch (cause) {
      throw new SchedulerUnavailable('no_answer', { cause });
    }
  }

  /** The deadline of gRPC does not bind the waits between the client's own retries. */
  async #within<T>(ms: number, work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('No answer in time.')), ms + 200);
    });
    try {
      const answer = this.#connection.withDeadline(Date.now() + ms, work);
      this.#calls.add(answer);
      const forget = () => this.#calls.delete(answer);
      answer.then(forget, forget);
      return await Promise.race([answer, silence]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof SchedulerUnavailable && error.cause instanceof WorkflowNotFoundError;
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  return error.cause instanceof ApplicationFailure && error.cause.type === NOT_ACTIVE;
}
