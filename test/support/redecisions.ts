import { eq } from 'drizzle-orm';
import type { RedecisionPlan } from '../../activities/contract.ts';
import type { RedecisionCause, RedecisionScope } from '../../domain/redecision.ts';
import { requestRedecision } from '../../drizzle/redecisions.ts';
import { only } from '../../drizzle/rows.ts';
import * as tables from '../../drizzle/schema/index.ts';
import type { Pipeline } from './pipeline.ts';

export const NOBODY: RedecisionScope = {
  ...{ addresses: [], domains: [], subdomains: false, sightingIds: [] },
};

/** Asks for a second look; returns its id. */
export function requested(
  { database, workspaceId }: Pipeline,
  cause: RedecisionCause,
  scope: Partial<RedecisionScope>,
): Promise<string> {
  const request = { workspaceId, cause, scope: { ...NOBODY, ...scope }, requestedBy: null };
  return requestRedecision(database.db, request);
}

/** What the workflow of a second look does when nothing goes wrong; returns its plan, and its row afterwards. */
export async function lookAgain(
  pipeline: Pipeline,
  cause: RedecisionCause,
  scope: Partial<RedecisionScope>,
  { limit = 100 }: { readonly limit?: number } = {},
) {
  const redecisionId = await requested(pipeline, cause, scope);
  const { activities, database } = pipeline;
  const plan = await activities.planRedecision({ redecisionId });
  if (plan === null) throw new Error('there is nothing to plan');
  let done = 0;
  for (const mailboxId of plan.mailboxIds) {
    let after: string | null = null;
    do {
      const batch = await activities.redecide({ redecisionId, mailboxId, after, limit, done });
      done += batch.decided;
      ({ after } = batch);
    } while (after !== null);
  }
  await activities.reportRedecision({ redecisionId, state: 'finished', done });
  const rows = await database.db
    .select()
    .from(tables.redecisions)
    .where(eq(tables.redecisions.id, redecisionId));
  return { plan: plan satisfies RedecisionPlan, row: only(rows) };
}

/** A batch of a second look in this mailbox alone. */
export async function oneBatch({ activities }: Pipeline, redecisionId: string, mailboxId: string) {
  return activities.redecide({ redecisionId, mailboxId, after: null, limit: 100, done: 0 });
}
