import { parseAddress, parseDomain } from '../../../domain/address.ts';
import { scopeOf } from '../../../domain/redecision.ts';
import {
  findBlacklistEntries,
  removeBlacklistEntry as remove,
} from '../../../drizzle/blacklist.ts';
import type { Db } from '../../../drizzle/database.ts';
import type { RequestContext } from '../../context.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import { begun, retroMatch } from '../../redecisions.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { requireAdmin } from '../require-admin.ts';

export const removeBlacklistEntry: MutationResolvers['removeBlacklistEntry'] = async (
  _root,
  { input },
  context,
) => {
  requireAdmin(context.viewer);
  const { blacklistEntryId } = input;
  const id = idOf('BlacklistEntry', blacklistEntryId);
  const done = id === null ? null : await context.write((db) => removed(db, context, id));
  if (done === null) {
    const userErrors = [notFound('blacklist entry', 'blacklistEntryId')];
    return { removedBlacklistEntryId: null, userErrors };
  }
  const redecision = await begun(context, done.again);
  return { removedBlacklistEntryId: blacklistEntryId, redecision, userErrors: [] };
};

/** null when there is no such entry. */
async function removed(
  db: Db,
  context: RequestContext,
  id: string,
): Promise<{ readonly again: string | null } | null> {
  const [entry] = await findBlacklistEntries(db, [id]);
  if (entry === undefined || !(await remove(db, id))) return null;
  const address = parseAddress(entry.value);
  const domain = parseDomain(entry.value);
  const scope = scopeOf(address === null ? [] : [address], domain === null ? [] : [domain], {
    subdomains: true,
  });
  return { again: await retroMatch(db, context, { cause: 'blacklist', scope }) };
}
