import { unknownPage } from '../../../drizzle/unknown-review.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { QueryResolvers } from '../../schema.generated.ts';
import { searchText } from '../filters.ts';

/** R34. */
export const unknownCorrespondents: QueryResolvers['unknownCorrespondents'] = async (
  _root,
  args,
  { read },
) => {
  const request = pageRequest(args, 'newest_first');
  const { includeDismissed } = args;
  const filter = { search: searchText(args.search), includeDismissed };
  return toConnection(await read((db) => unknownPage(db, filter, request)), request);
};
