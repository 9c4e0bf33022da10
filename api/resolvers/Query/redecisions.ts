import { redecisionsPage } from '../../../drizzle/redecisions.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { QueryResolvers } from '../../schema.generated.ts';

export const redecisions: QueryResolvers['redecisions'] = async (_root, args, { read }) => {
  const request = pageRequest(args, 'newest_first');
  return toConnection(await read((db) => redecisionsPage(db, request)), request);
};
