import { readFileSync } from 'node:fs';
import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { counted } from '../../../activities/counted.ts';
import { WorkerMetrics } from '../../../activities/metrics.ts';
import type { Decided } from '../../../drizzle/verdicts.ts';

/** What a scrape shows of our own, without the metrics that still stand at nothing. */
async function shown(metrics: WorkerMetrics): Promise<readonly string[]> {
  const lines = (await metrics.registry.metrics()).split('\n');
  return lines.filter((line) => /^mailroom_\w+(\{.*\})? [^0]/.test(line));
}

function aDecision(verdict: Decided['verdict'], reason: Decided['reason'] = null): Decided {
  return { id: 'i', messageId: 'm', verdict, reason, evidence: {}, engagementId: null };
}

test('decisions are counted by verdict and reason, once per batch', async () => {
  const metrics = new WorkerMetrics();
  const bulk = aDecision('skipped', 'bulk');
  metrics.committed([aDecision('logged'), bulk, bulk, aDecision('failed')], 1);
  metrics.committed([bulk], 0);
  expect(await shown(metrics)).toEqual([
    'mailroom_decisions_total{verdict="logged",reason=""} 1',
    'mailroom_decisions_total{verdict="skipped",reason="bulk"} 3',
    'mailroom_decisions_total{verdict="failed",reason=""} 1',
    'mailroom_engagements_total 1',
  ]);
});

test('R56 the lateness of a visit is counted once for each plan, and never below nothing', async () => {
  const metrics = new WorkerMetrics();
  const late = new Date(Date.now() - 42_000);
  metrics.visitBegan('a', null);
  metrics.visitBegan('a', late);
  metrics.visitBegan('a', late);
  metrics.visitBegan('b', late);
  metrics.visitBegan('a', new Date(Date.now() + 60_000));
  const lines = await shown(metrics);
  expect(lines).toContain('mailroom_visit_lateness_seconds_count 3');
  const sum = lines.find((line) => line.startsWith('mailroom_visit_lateness_seconds_sum'));
  expect(Number(sum?.split(' ')[1])).toBeGreaterThanOrEqual(84);
  expect(lines).toContain('mailroom_visit_lateness_seconds_bucket{le="0.5"} 1');
  expect(lines).toContain('mailroom_visit_lateness_seconds_bucket{le="60"} 3');
});

test('what a connection used is added up in octets', async () => {
  const metrics = new WorkerMetrics();
  metrics.used({ logins: 1 });
  metrics.used({ received: 1_000, sent: 20 });
  metrics.used({ received: 1 });
  expect(await shown(metrics)).toEqual([
    'mailroom_mail_received_bytes_total 1001',
    'mailroom_mail_sent_bytes_total 20',
    'mailroom_mail_logins_total 1',
  ]);
});

test('second looks and messages that were missing are counted', async () => {
  const metrics = new WorkerMetrics();
  metrics.lookedAgain({ decided: 5, logged: 2 });
  metrics.foundMissing(3);
  expect(await shown(metrics)).toEqual([
    'mailroom_second_looks_total{result="logged"} 2',
    'mailroom_second_looks_total{result="kept_out"} 3',
    'mailroom_missing_messages_total 3',
  ]);
});

/** What is counted when a step fails with this type. */
async function countedFor(type: string, nonRetryable: boolean, request: object) {
  const metrics = new WorkerMetrics();
  const failure = ApplicationFailure.create({ type, nonRetryable, message: 'x' });
  const run = counted(metrics, () => Promise.reject(failure));
  await expect(run(request)).rejects.toBe(failure);
  return shown(metrics);
}

test.each([
  ['throttled', true, {}, ['visits_total{result="failed"}', 'backoffs_total{code="throttled"}']],
  ['throttled', false, {}, []],
  ['deferred', true, { lane: 'live' }, ['visits_total{result="deferred"}']],
  ['deferred', true, { lane: 'backfill' }, []],
  ['mailbox_gone', true, {}, []],
])(
  'a step that fails with %s (for good: %s) of %j counts %j',
  async (type, isFinal, request, lines) => {
    expect(await countedFor(type, isFinal, request)).toEqual(
      lines.map((line) => `mailroom_${line} 1`),
    );
  },
);

test('every metric is documented, has a name of ours with its unit, and no label that could hold an id', async () => {
  const metrics = new WorkerMetrics();
  for (const { name, help } of metrics.registry.getMetricsAsArray()) {
    expect(name).toMatch(/^mailroom_[a-z_]+_(total|seconds)$/);
    expect(help).toMatch(/^[A-Z].*\.$/);
  }
  const documented = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const ours = [...documented.matchAll(/^\| `(mailroom_\w+)` .* \| worker /gm)].map(
    ([, name]) => name,
  );
  const names = metrics.registry.getMetricsAsArray().map(({ name }) => name);
  expect(ours.toSorted()).toEqual(names.toSorted());
  metrics.visitBegan('3f0c', new Date(0));
  expect(await metrics.registry.metrics()).not.toContain('3f0c');
});
