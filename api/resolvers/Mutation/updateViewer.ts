import { updateUser } from '../../../drizzle/viewers.ts';
import type { MutationResolvers } from '../../schema.generated.ts';

/** R43: what the viewer chooses for themself. */
export const updateViewer: MutationResolvers['updateViewer'] = async (
  _root,
  { input: { threadOrder } },
  { write, viewer, loaders },
) => {
  if (threadOrder != null) await write((db) => updateUser(db, viewer.userId, { threadOrder }));
  return { viewer: await loaders.User.load(viewer.userId), userErrors: [] };
};
