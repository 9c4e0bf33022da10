import { eq, sql } from 'drizzle-orm';
import type { Policy } from '../domain/policy.ts';
import type { Db } from './database.ts';
import { textArray } from './rows.ts';
import { mailboxes } from './schema/index.ts';

/** Settings that a mailbox gets of its own, and those that follow the workspace again. */
export interface SettingsChange {
  readonly set: Partial<Policy>;
  readonly unset: readonly (keyof Policy)[];
}

/** One statement, so that two people who change different settings at once both succeed. */
export async function changeSettings(
  db: Db,
  mailboxId: string,
  { set, unset }: SettingsChange,
): Promise<void> {
  await db
    .update(mailboxes)
    .set({
      policy: sql`(${mailboxes.policy} - ${textArray(unset)}) || ${JSON.stringify(set)}::jsonb`,
    })
    .where(eq(mailboxes.id, mailboxId));
}
