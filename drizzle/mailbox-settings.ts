import { eq, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { Policy } from '../domain/policy.ts';
import type { Db } from './database.ts';
import { textArray } from './rows.ts';
import { mailboxes } from './schema/index.ts';

/** Policies that are chosen, and those that follow what stands above again: the workspace, or its preset. */
export interface SettingsChange {
  readonly set: Partial<Policy>;
  readonly unset: readonly (keyof Policy)[];
}

/** One statement, so that two people who change different settings at once both succeed. */
export async function changeSettings(
  db: Db,
  mailboxId: string,
  change: SettingsChange,
): Promise<void> {
  await db
    .update(mailboxes)
    .set({ policy: changedChoices(mailboxes.policy, change) })
    .where(eq(mailboxes.id, mailboxId));
}

/** The choices in `from` after the change. */
export function changedChoices(from: AnyColumn | SQL, { set, unset }: SettingsChange): SQL {
  return sql`(${from} - ${textArray(unset)}) || ${JSON.stringify(set)}::jsonb`;
}
