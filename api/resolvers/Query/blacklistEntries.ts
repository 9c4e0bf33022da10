import { blacklistPage } from '../../../drizzle/blacklist.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { QueryResolvers } from '../../schema.generated.ts';
import { searchText } from '../filters.ts';

export const blacklistEntries: QueryResolvers['blacklistEntries'] = async (
  _root,
  args,
  { read },
) => {
  const request = pageRequest(args, 'text');
  const page = await read((db) => blacklistPage(db, searchText(args.search), request));
  return toConnection(page, request);
};
