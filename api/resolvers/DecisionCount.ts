import type { DecisionCountResolvers } from '../schema.generated.ts';
import { required } from './required.ts';

export const DecisionCount: DecisionCountResolvers = {
  mailbox: async ({ mailboxId }, _args, { loaders }) =>
    required(await loaders.Mailbox.load(mailboxId)),
};
