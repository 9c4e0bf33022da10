import { importRows } from '../../csv-import.ts';
import { accountSheet } from '../../csv-sheets.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { upsertAccountRows } from '../../upserts.ts';

/** For every user, as `createAccount`. */
export const importAccounts: MutationResolvers['importAccounts'] = (_root, { input }, context) =>
  importRows(input.csv, accountSheet, (rows) => upsertAccountRows(context, rows));
