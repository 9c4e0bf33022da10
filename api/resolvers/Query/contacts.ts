import { contactsPage } from '../../../drizzle/contacts.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { QueryResolvers } from '../../schema.generated.ts';
import { searchText } from '../filters.ts';

export const contacts: QueryResolvers['contacts'] = async (_root, args, { read }) => {
  const request = pageRequest(args, 'text');
  const page = await read((db) => contactsPage(db, searchText(args.search), request));
  return toConnection(page, request);
};
