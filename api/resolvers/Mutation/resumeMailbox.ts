import type { MutationResolvers } from '../../schema.generated.ts';
import { pauseOrResume } from '../mailbox-commands.ts';

/** R52. */
export const resumeMailbox: MutationResolvers['resumeMailbox'] = (_root, { input }, context) =>
  pauseOrResume(context, input.mailboxId, 'active');
