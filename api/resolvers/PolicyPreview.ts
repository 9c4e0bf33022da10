import type { PolicyEffect } from '../../domain/policy-preview.ts';
import type { PolicyPreviewResolvers } from '../schema.generated.ts';

export const PolicyPreview: PolicyPreviewResolvers = {
  wouldBeLogged: ({ effects }) => countOf(effects, 'logged'),
  wouldBeSkipped: ({ effects }) => countOf(effects, 'skipped'),
};

function countOf(effects: readonly PolicyEffect[], wanted: PolicyEffect['verdict']): number {
  return effects.reduce((sum, { verdict, count }) => sum + (verdict === wanted ? count : 0), 0);
}
