import { readBlacklistEntry } from '../../../domain/blacklist-list.ts';
import { countCovered } from '../../../drizzle/blacklist.ts';
import type { QueryResolvers } from '../../schema.generated.ts';

/** R22: what an entry would have done, asked before it is added. */
export const blacklistPreview: QueryResolvers['blacklistPreview'] = async (
  _root,
  { value },
  { read, viewer },
) => {
  const entry = readBlacklistEntry(value);
  if (entry === null) return null;
  const messageCount = await read((db) => countCovered(db, viewer.workspaceId, [entry]));
  return { ...entry, messageCount };
};
