import type { PolicyEffectResolvers } from '../schema.generated.ts';
import { loadAll } from './load-all.ts';

export const PolicyEffect: PolicyEffectResolvers = {
  examples: ({ sightingIds }, _args, { loaders }) => loadAll(loaders.Decision, sightingIds),
};
