import { importRows } from '../../csv-import.ts';
import { contactSheet } from '../../csv-sheets.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { upsertContactRows } from '../../upserts.ts';

/** For every user, as `createContact`. */
export const importContacts: MutationResolvers['importContacts'] = (_root, { input }, context) =>
  importRows(input.csv, contactSheet, (rows) => upsertContactRows(context, rows));
