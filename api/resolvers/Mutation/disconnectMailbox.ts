import { deleteEngagementsOf } from '../../../drizzle/engagement-deletion.ts';
import { markDisconnected } from '../../../drizzle/mailboxes.ts';
import type { RequestContext } from '../../context.ts';
import { notFound } from '../../errors.ts';
import { SchedulerUnavailable, type Told } from '../../scheduling.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { asItNowIs, findMailbox, newCommandId, refused, warnOf } from '../mailbox-commands.ts';
import { requireAdmin } from '../require-admin.ts';
import { required } from '../required.ts';

/** R54. Doing it twice changes nothing, but may still delete the engagements that the first time left. */
export const disconnectMailbox: MutationResolvers['disconnectMailbox'] = async (
  _root,
  { input },
  context,
) => {
  if (input.deleteEngagements) requireAdmin(context.viewer);
  const mailbox = await findMailbox(context, input.mailboxId);
  if (mailbox === null) return refused(notFound('mailbox', 'mailboxId'));
  const { id } = mailbox;
  await context.write(async (db) => {
    await markDisconnected(db, id);
    if (input.deleteEngagements) await deleteEngagementsOf(db, id, context.viewer.userId);
  });
  const told = await tell(context, id);
  if (told === 'told') return asItNowIs(context, id);
  const gone = required(await context.loaders.Mailbox.load(id));
  return { mailbox: gone, confirmed: told === 'already_gone', userErrors: [] };
};

/** It is committed for good: without the signal the next visit finds no mailbox, and ends the workflow. */
async function tell({ services }: RequestContext, mailboxId: string): Promise<Told | 'not_told'> {
  try {
    return await services.orchestrator.disconnect(mailboxId, newCommandId());
  } catch (error) {
    if (!(error instanceof SchedulerUnavailable)) throw error;
    warnOf(services.log, error);
    return 'not_told';
  }
}
