import { decisionsPage, type DecisionFilter } from '../../../drizzle/decisions.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { DecisionFilter as FilterInput, QueryResolvers } from '../../schema.generated.ts';
import { filterAddress, filterId, bareMessageId, searchText } from '../filters.ts';

export const decisions: QueryResolvers['decisions'] = async (_root, args, { read }) => {
  const request = pageRequest(args, 'newest_first');
  const filter = toFilter(args.filter ?? {});
  return toConnection(await read((db) => decisionsPage(db, filter, request)), request);
};

function toFilter(input: FilterInput): DecisionFilter {
  const { mailboxId, address, internetMessageId, verdict, reason, since, until } = input;
  const subject = searchText(input.subject, 'subject');
  return {
    ...(mailboxId == null ? {} : { mailboxId: filterId('Mailbox', mailboxId, 'mailboxId') }),
    ...(address == null ? {} : { address: filterAddress(address) }),
    ...(internetMessageId == null ? {} : { internetMessageId: bareMessageId(internetMessageId) }),
    ...(verdict == null ? {} : { verdict }),
    ...(reason == null ? {} : { reason }),
    ...(input.folder == null ? {} : { folder: input.folder }),
    ...(subject === null ? {} : { subject }),
    ...(since == null ? {} : { since }),
    ...(until == null ? {} : { until }),
  };
}
