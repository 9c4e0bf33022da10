import { mailboxesPage } from '../../../drizzle/mailboxes.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { QueryResolvers } from '../../schema.generated.ts';

export const mailboxes: QueryResolvers['mailboxes'] = async (_root, args, { read }) => {
  const request = pageRequest(args, 'text');
  const includeDisconnected = args.includeDisconnected;
  const page = await read((db) => mailboxesPage(db, { includeDisconnected }, request));
  return toConnection(page, request);
};
