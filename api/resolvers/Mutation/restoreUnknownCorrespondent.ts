import { restoreUnknown } from '../../../drizzle/unknown-review.ts';
import { notFound } from '../../errors.ts';
import { idOf } from '../../ids.ts';
import type { MutationResolvers } from '../../schema.generated.ts';

/** R34. */
export const restoreUnknownCorrespondent: MutationResolvers['restoreUnknownCorrespondent'] = async (
  _root,
  { input },
  { write, loaders },
) => {
  const id = idOf('UnknownCorrespondent', input.unknownCorrespondentId);
  const isDone = id !== null && (await write((db) => restoreUnknown(db, id)));
  return isDone
    ? { unknownCorrespondent: await loaders.UnknownCorrespondent.load(id), userErrors: [] }
    : {
        unknownCorrespondent: null,
        userErrors: [notFound('unknown correspondent', 'unknownCorrespondentId')],
      };
};
