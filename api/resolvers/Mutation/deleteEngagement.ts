import { deleteEngagement as remove } from '../../../drizzle/engagement-deletion.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';

/** R23. */
export const deleteEngagement: MutationResolvers['deleteEngagement'] = async (
  _root,
  { input },
  { write, viewer },
) => {
  const id = idOf('Engagement', input.engagementId);
  const isDone = id !== null && (await write((db) => remove(db, id, viewer.userId)));
  return isDone
    ? { deletedEngagementId: input.engagementId, userErrors: [] }
    : { deletedEngagementId: null, userErrors: [notFound('engagement', 'engagementId')] };
};
