import {
  SchedulerUnavailable,
  type Orchestrator,
  type RedecisionRef,
  type SyncAnswer,
  type Told,
  type Visited,
} from '../../../api/scheduling.ts';
import type { MailboxStatus } from '../../../workflows/messages.ts';

const STATUS: MailboxStatus = {
  state: 'watching',
  checkpoint: {},
  visits: 3,
  decided: 12,
  failures: 0,
  lastSuccessAt: Date.parse('2026-11-22T08:00:00Z'),
  nextVisitAt: Date.parse('2026-11-22T08:15:00Z'),
  lastError: null,
  credentialVersion: 1,
};

/** Remembers what it was told; answers, is silent or is unreachable as a test wants. */
export class FakeOrchestrator implements Orchestrator {
  readonly told: { command: string; mailboxId: string; credentialVersion?: number }[] = [];
  isReachable = true;
  /** Takes commands and does not say so in time. */
  isSilent = false;
  checkpoint: MailboxStatus['checkpoint'] = {};
  /** Runs before a command is taken. */
  onCommand: () => Promise<void> = () => Promise.resolve();
  answers: 'at_once' | 'never' = 'at_once';
  syncAnswer: SyncAnswer = { kind: 'planned', plan: { notBefore: 1_000 } };
  #state: MailboxStatus['state'] = 'watching';

  start(mailbox: Visited): Promise<void> {
    return this.#take('start', mailbox.id);
  }

  async pause(mailbox: Visited): Promise<void> {
    await this.#take('pause', mailbox.id);
    this.#state = 'paused';
  }

  async resume(mailbox: Visited): Promise<void> {
    await this.#take('resume', mailbox.id);
    this.#state = 'watching';
  }

  async reconnect(mailbox: Visited, _id: string, credentialVersion: number): Promise<void> {
    await this.#take('reconnect', mailbox.id, { credentialVersion });
  }

  async disconnect(mailboxId: string): Promise<Told> {
    await this.#take('disconnect', mailboxId);
    this.#state = 'disconnected';
    return 'told';
  }

  stopImport(mailbox: Visited): Promise<void> {
    return this.#take('stopImport', mailbox.id);
  }

  nudge(mailbox: Visited): Promise<void> {
    return this.#take('nudge', mailbox.id);
  }

  async syncNow(mailbox: Visited): Promise<SyncAnswer> {
    await this.#take('syncNow', mailbox.id);
    return this.syncAnswer;
  }

  async startRedecision({ id }: RedecisionRef): Promise<void> {
    await this.#take('startRedecision', id);
  }

  isRedecided(): Promise<boolean> {
    return Promise.resolve(this.answers === 'at_once' && this.isReachable);
  }

  /** Answers everything at once again. */
  reset(): void {
    this.isReachable = true;
    this.isSilent = false;
    this.answers = 'at_once';
    this.checkpoint = {};
    this.onCommand = () => Promise.resolve();
    this.told.length = 0;
  }

  ping(): Promise<void> {
    if (this.isReachable) return Promise.resolve();
    return Promise.reject(new SchedulerUnavailable('unreachable'));
  }

  status(): Promise<MailboxStatus | null> {
    const answer = { ...STATUS, state: this.#state, checkpoint: this.checkpoint };
    return Promise.resolve(this.answers === 'never' || !this.isReachable ? null : answer);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }

  async #take(command: string, mailboxId: string, more: { credentialVersion?: number } = {}) {
    await this.onCommand();
    if (!this.isReachable) throw new SchedulerUnavailable('unreachable');
    this.told.push({ command, mailboxId, ...more });
    if (this.isSilent) throw new SchedulerUnavailable('no_answer');
  }
}
