import { Counter, Histogram, Registry } from 'prom-client';
import type { Decided } from '../drizzle/verdicts.ts';
import type { Used } from '../drizzle/usage.ts';

/** From a visit in time to one that was forgotten over night. */
const LATENESS_SECONDS = [0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400];
/** Plans that are remembered at most; who is forgotten may be counted twice. */
const PLANS_KEPT = 10_000;

/** How a visit ended: with nothing left to read, put off without a failure, or with one. */
export type VisitResult = 'succeeded' | 'deferred' | 'failed';

/**
 * What one worker process counts for Prometheus, since it started. Labels are words of ours from closed sets, never ids
 * or anything that a mail server says; counted is by batch, never by message.
 */
export class WorkerMetrics {
  readonly registry = new Registry();
  readonly #visits = this.#counter('visits_total', 'Visits that have ended.', ['result']);
  readonly #backoffs = this.#counter('backoffs_total', 'Visits that failed, by the error code.', [
    'code',
  ]);
  readonly #decisions = this.#counter('decisions_total', 'Decisions that visits committed.', [
    ...['verdict', 'reason'],
  ]);
  readonly #engagements = this.#counter('engagements_total', 'Engagements that visits made.');
  readonly #looks = this.#counter('second_looks_total', 'Skipped messages decided again.', [
    'result',
  ]);
  readonly #missing = this.#counter('missing_messages_total', 'On the server and not recorded.');
  readonly #received = this.#counter('mail_received_bytes_total', 'Octets from mail servers.');
  readonly #sent = this.#counter('mail_sent_bytes_total', 'Octets to mail servers.');
  readonly #logins = this.#counter('mail_logins_total', 'Logins tried at mail servers.');
  readonly #lateness = new Histogram({
    name: 'mailroom_visit_lateness_seconds',
    help: 'From the planned time of a visit to its connection.',
    buckets: LATENESS_SECONDS,
    registers: [this.registry],
  });
  /** The last plan (epoch ms) of each mailbox that was counted. */
  readonly #plans = new Map<string, number>();

  visitEnded(result: VisitResult): void {
    this.#visits.inc({ result });
  }

  /** A visit failed for good; `code` is a kind of MailError, `stale_batch` or `internal`. */
  visitFailed(code: string): void {
    this.visitEnded('failed');
    this.#backoffs.inc({ code });
  }

  /** A visit has its connection; only the first batch of a visit counts, which its plan tells from the others. */
  visitBegan(mailboxId: string, plannedAt: Date | null): void {
    const plan = plannedAt?.getTime();
    if (plan === undefined || this.#plans.get(mailboxId) === plan) return;
    if (this.#plans.size >= PLANS_KEPT) this.#plans.clear();
    this.#plans.set(mailboxId, plan);
    this.#lateness.observe(Math.max(0, Date.now() - plan) / 1000);
  }

  /** A batch is committed; `engagements` of its messages were logged for the first time. */
  committed(decisions: readonly Decided[], engagements: number): void {
    const alike = Map.groupBy(decisions, ({ verdict, reason }) => `${verdict} ${reason ?? ''}`);
    for (const group of alike.values()) {
      const [first] = group;
      if (first === undefined) continue;
      this.#decisions.inc({ verdict: first.verdict, reason: first.reason ?? '' }, group.length);
    }
    this.#engagements.inc(engagements);
  }

  lookedAgain({ decided, logged }: { readonly decided: number; readonly logged: number }): void {
    this.#looks.inc({ result: 'logged' }, logged);
    this.#looks.inc({ result: 'kept_out' }, Math.max(0, decided - logged));
  }

  /** A comparison with the server found messages that no visit had recorded. */
  foundMissing(messages: number): void {
    this.#missing.inc(messages);
  }

  used({ received = 0, sent = 0, logins = 0 }: Used): void {
    this.#received.inc(received);
    this.#sent.inc(sent);
    this.#logins.inc(logins);
  }

  #counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name: `mailroom_${name}`, help, labelNames, registers: [this.registry] });
  }
}
