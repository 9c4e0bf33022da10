import { decisionsPage, type DecisionFilter } from '../../../drizzle/decisions.ts';
import { pageRequest, toConnection } from '../../pagination.ts';
import type { DecisionFilter as FilterInput, QueryResolvers } from '../../schema.generated.ts';
import { filterAddress, filterId } from '../filters.ts';

export const decisions: QueryResolvers['decisions'] = async (_root, args, { read }) => {
  const request = pageRequest(args, 'newest_first');
  const filter = toFilter(args.filter ?? {});
  return toConnection(await read((db) => decisionsPage(db, filter, request)), request);
};

function toFilter(input: FilterInput): DecisionFilter {
  const { mailboxId, address, internetMessageId, verdict, reason, since, until } = input;
  return {
    ...(mailboxId == null ? {} : { mailboxId: filterId('Mailbox', mailboxId, 'mailboxId') }),
    ...(address == null ? {} : { address: filterAddress(address) }),
    ...(internetMessageId == null
      ? {}
      : { internetMessageId: internetMessageId.trim().replace(/^<(.*)>$/s, '$1') }),
    ...(verdict == null ? {} : { verdict }),
    ...(reason == null ? {} : { reason }),
    ...(since == null ? {} : { since }),
    ...(until == null ? {} : { until }),
  };
}
