import { readRawMessage, type RawMessageProblem } from '../../../mail/raw-message.ts';
import type { RequestContext } from '../../context.ts';
import { badInput } from '../../errors.ts';
import type { QueryResolvers, QuerySimulateMessageArgs } from '../../schema.generated.ts';
import { simulate, type SeenWhere } from '../../simulation.ts';
import { MAX_TEXT_OCTETS } from '../../validation/note.ts';
import { byGlobalId } from '../by-global-id.ts';
import { required } from '../required.ts';

const MAX_FLAGS = 50;
const PROBLEMS: Readonly<Record<RawMessageProblem, string>> = {
  empty: '`raw` must not be empty.',
  too_large: '`raw` is larger than 1 MiB. Leave the attachments away.',
  no_header:
    '`raw` is not the source of a message: no header like “From: Jill <jill@example.com>” stands before the text. In most mail programs it is called “source”, “original” or “all headers”.',
};

/** R45. */
export const simulateMessage: QueryResolvers['simulateMessage'] = async (_root, args, context) => {
  const raw = readRawMessage(args.raw, { maxOctets: MAX_TEXT_OCTETS });
  if (typeof raw === 'string') throw badInput(PROBLEMS[raw]);
  if ((args.flags ?? []).length > MAX_FLAGS) {
    throw badInput(`There must not be more than ${MAX_FLAGS} \`flags\`.`);
  }
  return simulate(raw, await seenWhere(args, context), context);
};

async function seenWhere(
  { mailboxId, folderUse, flags }: QuerySimulateMessageArgs,
  { loaders, viewer }: RequestContext,
): Promise<SeenWhere> {
  const how = { folderUse: folderUse ?? 'inbox', flags: flags ?? [] } as const;
  if (mailboxId == null) {
    const { policy } = required(await loaders.Workspace.load(viewer.workspaceId));
    return { ...how, mailboxId: null, policy };
  }
  const mailbox = await byGlobalId('Mailbox', mailboxId, loaders.Mailbox);
  if (mailbox === null) throw badInput('`mailboxId` is not the id of a Mailbox.');
  return { ...how, mailboxId: mailbox.id, policy: mailbox.policy };
}
