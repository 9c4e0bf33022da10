import { engagementsPage, type EngagementFilter } from '../../../drizzle/engagements.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { EngagementFilter as FilterInput, QueryResolvers } from '../../schema.generated.ts';
import { filterId, searchText } from '../filters.ts';

export const engagements: QueryResolvers['engagements'] = async (_root, args, { read }) => {
  const request = pageRequest(args, 'newest_first');
  const filter = toFilter(args.filter ?? {});
  return toConnection(await read((db) => engagementsPage(db, filter, request)), request);
};

function toFilter(input: FilterInput): EngagementFilter {
  const { mailboxId, contactId, accountId, direction, since, until } = input;
  const search = searchText(input.search);
  return {
    ...(mailboxId == null ? {} : { mailboxId: filterId('Mailbox', mailboxId, 'mailboxId') }),
    ...(contactId == null ? {} : { contactId: filterId('Contact', contactId, 'contactId') }),
    ...(accountId == null ? {} : { accountId: filterId('Account', accountId, 'accountId') }),
    ...(direction == null ? {} : { direction }),
    ...(since == null ? {} : { since }),
    ...(until == null ? {} : { until }),
    ...(search === null ? {} : { search }),
  };
}
