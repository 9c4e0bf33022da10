import type { QueryResolvers } from '../../schema.generated.ts';
import { byGlobalId } from '../by-global-id.ts';

export const mailbox: QueryResolvers['mailbox'] = (_root, { id }, { loaders }) =>
  byGlobalId('Mailbox', id, loaders.Mailbox);
