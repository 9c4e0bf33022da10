import { dismissUnknown } from '../../../drizzle/unknown-review.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';

/** R34. */
export const dismissUnknownCorrespondent: MutationResolvers['dismissUnknownCorrespondent'] = async (
  _root,
  { input },
  { write, loaders, viewer },
) => {
  const id = idOf('UnknownCorrespondent', input.unknownCorrespondentId);
  const isDone = id !== null && (await write((db) => dismissUnknown(db, id, viewer.userId)));
  return isDone
    ? { unknownCorrespondent: await loaders.UnknownCorrespondent.load(id), userErrors: [] }
    : {
        unknownCorrespondent: null,
        userErrors: [notFound('unknown correspondent', 'unknownCorrespondentId')],
      };
};
