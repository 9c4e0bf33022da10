import type { UserError } from '../errors.ts';

/** The payload of a list that was refused as a whole. */
export function notStored(userErrors: readonly UserError[]) {
  return {
    ...{ created: null, updated: null, unchanged: null, refused: null },
    ...{ rowErrors: null, lineErrors: null, redecision: null, userErrors },
  };
}
