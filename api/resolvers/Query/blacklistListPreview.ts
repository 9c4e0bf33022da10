import { countCovered } from '../../../drizzle/blacklist.ts';
import { ownIdentity } from '../../../drizzle/facts.ts';
import { badInput } from '../../errors.ts';
import type { QueryResolvers } from '../../schema.generated.ts';
import { checkBlacklistText, MAX_LISTED_ENTRIES } from '../../validation/blacklist.ts';

/** R22 for a list: a message that several entries would have kept out counts once. */
export const blacklistListPreview: QueryResolvers['blacklistListPreview'] = async (
  _root,
  { text },
  { read, viewer: { workspaceId } },
) =>
  read(async (db) => {
    const list = checkBlacklistText(text, await ownIdentity(db, workspaceId), true);
    if (list.entries > MAX_LISTED_ENTRIES) {
      throw badInput(`\`text\` must not have more than ${MAX_LISTED_ENTRIES} entries.`);
    }
    const messageCount = await countCovered(db, workspaceId, list.values);
    return { entryCount: list.values.length, messageCount, errors: list.errors };
  });
