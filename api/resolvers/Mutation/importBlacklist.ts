import { importRows, storeBlacklist } from '../../csv-import.ts';
import { blacklistSheet } from '../../csv-sheets.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { requireAdmin } from '../require-admin.ts';

/** R20: later mail only; the value is the natural key that makes a repeat harmless. */
export const importBlacklist: MutationResolvers['importBlacklist'] = async (
  _root,
  { input },
  context,
) => {
  requireAdmin(context.viewer);
  return importRows(input.csv, blacklistSheet, (rows) =>
    storeBlacklist(context, rows, input.allowSharedDomains ?? false),
  );
};
