import { missingCauses, type MissingCause } from '../../../domain/missing.ts';
import { decisionsPage, type Decision } from '../../../drizzle/decisions.ts';
import type { Mailbox } from '../../../drizzle/mailboxes.ts';
import { backlogOf } from '../../../drizzle/missing.ts';
import type { RequestContext } from '../../context.ts';
import { badInput } from '../../errors.ts';
import type { QueryResolvers, WhyMissingInput } from '../../schema.generated.ts';
import { byGlobalId } from '../by-global-id.ts';
import { bareMessageId, filterAddress, searchText } from '../filters.ts';

const MAX_DECISIONS = 10;

/** R45 for what was never seen. */
export const whyMissing: QueryResolvers['whyMissing'] = async (_root, { input }, context) => {
  const mailbox = await byGlobalId('Mailbox', input.mailboxId, context.loaders.Mailbox);
  if (mailbox === null) throw badInput('`input.mailboxId` is not the id of a Mailbox.');
  return {
    decisions: await fitting(input, context),
    causes: await causesOf(mailbox, input.arrivedAt ?? null, context),
  };
};

/** None without anything to look for: the latest decisions of a mailbox are no answer. */
async function fitting(
  { internetMessageId, address, subject: part }: WhyMissingInput,
  { read }: RequestContext,
): Promise<readonly Decision[]> {
  const subject = searchText(part, 'input.subject');
  const filter = {
    ...(internetMessageId == null ? {} : { internetMessageId: bareMessageId(internetMessageId) }),
    ...(address == null ? {} : { address: filterAddress(address) }),
    ...(subject === null ? {} : { subject }),
  };
  if (Object.keys(filter).length === 0) return [];
  const page = await read((db) => decisionsPage(db, filter, { limit: MAX_DECISIONS, after: null }));
  return page.items.map(({ value }) => value);
}

async function causesOf(
  mailbox: Mailbox,
  arrivedAt: Date | null,
  { read, loaders }: RequestContext,
): Promise<readonly MissingCause[]> {
  const { address, state, disconnectedAt, lastSuccessAt, nextVisitAt, deferred, protocol } =
    mailbox;
  const sight = {
    ...{ address, state, disconnectedAt, lastSuccessAt, nextVisitAt, deferred, protocol },
    policy: mailbox.policy.folders,
    checkpoint: (await loaders.checkpoint.load(mailbox.id)) ?? {},
    ...(await read((db) => backlogOf(db, mailbox.id))),
  };
  return missingCauses(sight, arrivedAt, new Date());
}
