import { toGlobalId } from '../ids.ts';
import type { RedecisionResolvers } from '../schema.generated.ts';

export const Redecision: RedecisionResolvers = { id: ({ id }) => toGlobalId('Redecision', id) };
