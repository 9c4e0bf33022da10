import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import { startTestApi, type TestApi } from './harness.ts';
import { aMailbox, aSighting } from './records.ts';

const COUNTS = `query ($filter: DecisionCountFilter, $timeZone: String) {
  decisionCounts(filter: $filter, timeZone: $timeZone) {
    day mailbox { address } verdict reason count } }`;

let api: TestApi;
let sales: string;

beforeAll(async () => {
  api = await startTestApi();
  const { db } = api.database;
  const { workspaceId } = api.acme;
  sales = await aMailbox(db, workspaceId, 'sales@acme.example');
  const help = await aMailbox(db, workspaceId, 'help@acme.example');
  const at = (time: string) => ({ decidedAt: new Date(time) });
  const bulk = { verdict: 'skipped', reason: 'bulk' } as const;
  await aSighting(db, workspaceId, sales, { verdict: 'logged', ...at('2026-01-05T23:30:00Z') });
  await aSighting(db, workspaceId, sales, { verdict: 'logged', ...at('2026-01-05T10:00:00Z') });
  await aSighting(db, workspaceId, sales, { ...bulk, ...at('2026-01-05T10:00:00Z') });
  await aSighting(db, workspaceId, help, { ...bulk, ...at('2026-01-03T10:00:00Z') });
  await aSighting(db, workspaceId, help, { stage: 'fetched', decidedAt: null });
});
afterAll(() => api[Symbol.asyncDispose]());

/** One line for each count. */
async function counts(filter: object, timeZone?: string): Promise<readonly string[]> {
  const { data, errors } = await api.ask(COUNTS, { filter, timeZone });
  if (errors.length > 0) throw new Error(errors[0]?.message);
  const found = data?.['decisionCounts'] as Record<string, { address: string }>[];
  return found.map(({ day, mailbox, verdict, reason, count }) =>
    [day, mailbox?.address, verdict, reason ?? '-', count].map(String).join(' '),
  );
}

const JANUARY = { since: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00Z' };

test('R45 decisions are counted by day, mailbox, verdict and reason, latest day first', async () => {
  expect(await counts(JANUARY)).toEqual([
    '2026-01-05 sales@acme.example LOGGED - 2',
    '2026-01-05 sales@acme.example SKIPPED BULK 1',
    '2026-01-03 help@acme.example SKIPPED BULK 1',
  ]);
});

test('R45 days are those of the time zone that is asked for', async () => {
  const mailboxId = toGlobalId('Mailbox', sales);
  expect(await counts({ ...JANUARY, mailboxId }, 'Europe/Berlin')).toEqual([
    '2026-01-06 sales@acme.example LOGGED - 1',
    '2026-01-05 sales@acme.example LOGGED - 1',
    '2026-01-05 sales@acme.example SKIPPED BULK 1',
  ]);
  await expect(counts(JANUARY, 'Europe/Nowhere')).rejects.toThrow(/IANA/);
  await expect(counts(JANUARY, '+02:00')).rejects.toThrow(/IANA/);
});

test('R45 since and until bound them, 400 days apart at most; the last 30 days when left out', async () => {
  expect(await counts({ ...JANUARY, since: '2026-01-05T10:00:00Z' })).toHaveLength(2);
  expect(await counts({ ...JANUARY, until: '2026-01-05T10:00:00Z' })).toHaveLength(1);
  expect(await counts({ until: '2026-01-20T00:00:00Z' })).toHaveLength(3);
  expect(await counts({})).toEqual([]);
  await expect(counts({ since: '2020-01-01T00:00:00Z' })).rejects.toThrow(/400 days/);
});
