import { deleteEngagementsOf } from '../../../drizzle/engagement-deletion.ts';
import { markDisconnected } from '../../../drizzle/mailboxes.ts';
import { notFound } from '../../errors.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import {
  asItNowIs,
  findMailbox,
  newCommandId,
  NOTHING_CHANGED,
  refused,
  scheduling,
} from '../mailbox-commands.ts';
import { required } from '../required.ts';

/** R54. Doing it twice changes nothing, but may still delete the engagements that the first time left. */
export const disconnectMailbox: MutationResolvers['disconnectMailbox'] = async (
  _root,
  { input },
  context,
) => {
  const mailbox = await findMailbox(context, input.mailboxId);
  if (mailbox === null) return refused(notFound('mailbox', 'mailboxId'));
  const { id } = mailbox;
  return scheduling(context, NOTHING_CHANGED, async () => {
    const told = await context.write(async (db) => {
      await markDisconnected(db, id);
      if (input.deleteEngagements) await deleteEngagementsOf(db, id, context.viewer.userId);
      return context.services.orchestrator.disconnect(id, newCommandId());
    });
    if (told === 'told') return asItNowIs(context, id);
    const gone = required(await context.loaders.Mailbox.load(id));
    return { mailbox: gone, confirmed: true, userErrors: [] };
  });
};
