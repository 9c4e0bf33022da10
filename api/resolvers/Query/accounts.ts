import { accountsPage } from '../../../drizzle/accounts.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { QueryResolvers } from '../../schema.generated.ts';
import { searchText } from '../filters.ts';

export const accounts: QueryResolvers['accounts'] = async (_root, args, { read }) => {
  const request = pageRequest(args, 'text');
  const page = await read((db) => accountsPage(db, searchText(args.search), request));
  return toConnection(page, request);
};
