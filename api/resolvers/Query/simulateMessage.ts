import { readRawMessage, type RawMessageProblem } from '../../../mail/raw-message.ts';
import type { RequestContext } from '../../context.ts';
import { notFound, userError, type UserError, type UserErrorCode } from '../../errors.ts';
import type { QueryResolvers, SimulateMessageInput } from '../../schema.generated.ts';
import { simulate, type SeenWhere } from '../../simulation.ts';
import { MAX_TEXT_OCTETS } from '../../validation/note.ts';
import { byGlobalId } from '../by-global-id.ts';
import { required } from '../required.ts';

const MAX_FLAGS = 50;
const PROBLEMS: Readonly<Record<RawMessageProblem, readonly [UserErrorCode, string]>> = {
  empty: ['required', 'This must not be empty.'],
  too_large: ['too_long', 'This is larger than 1 MiB. Leave the attachments away.'],
  no_header: [
    'not_a_message',
    'This is not the source of a message: no header like “From: Jill <jill@example.com>” stands before the text. In most mail programs it is called “source”, “original” or “all headers”.',
  ],
};

/** R45. */
export const simulateMessage: QueryResolvers['simulateMessage'] = async (
  _root,
  { input },
  context,
) => {
  const raw = readRawMessage(input.raw, { maxOctets: MAX_TEXT_OCTETS });
  if (typeof raw === 'string') {
    const [code, message] = PROBLEMS[raw];
    return refused(userError(code, message, ['input', 'raw']));
  }
  if ((input.flags ?? []).length > MAX_FLAGS) {
    const message = `There must not be more than ${MAX_FLAGS}.`;
    return refused(userError('too_many', message, ['input', 'flags']));
  }
  const where = await seenWhere(input, context);
  if (where === null) return refused(notFound('mailbox', 'mailboxId'));
  return { simulation: await simulate(raw, where, context), userErrors: [] };
};

function refused(error: UserError) {
  return { simulation: null, userErrors: [error] };
}

/** null when there is no such mailbox. */
async function seenWhere(
  { mailboxId, folderUse, flags }: SimulateMessageInput,
  { loaders, viewer }: RequestContext,
): Promise<SeenWhere | null> {
  const how = { folderUse: folderUse ?? 'inbox', flags: flags ?? [] } as const;
  if (mailboxId == null) {
    const { policy } = required(await loaders.Workspace.load(viewer.workspaceId));
    return { ...how, mailboxId: null, policy };
  }
  const mailbox = await byGlobalId('Mailbox', mailboxId, loaders.Mailbox);
  return mailbox === null ? null : { ...how, mailboxId: mailbox.id, policy: mailbox.policy };
}
