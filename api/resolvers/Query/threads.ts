import { threadsPage, type ThreadFilter } from '../../../drizzle/thread-pages.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { QueryResolvers, ThreadFilter as FilterInput } from '../../schema.generated.ts';
import { filterId } from '../filters.ts';

/** R43. */
export const threads: QueryResolvers['threads'] = async (_root, args, { read }) => {
  const request = pageRequest(args, 'newest_first');
  const filter = toFilter(args.filter ?? {});
  return toConnection(await read((db) => threadsPage(db, filter, request)), request);
};

function toFilter({ mailboxId, contactId, accountId, since }: FilterInput): ThreadFilter {
  return {
    ...(mailboxId == null ? {} : { mailboxId: filterId('Mailbox', mailboxId, 'mailboxId') }),
    ...(contactId == null ? {} : { contactId: filterId('Contact', contactId, 'contactId') }),
    ...(accountId == null ? {} : { accountId: filterId('Account', accountId, 'accountId') }),
    ...(since == null ? {} : { since }),
  };
}
