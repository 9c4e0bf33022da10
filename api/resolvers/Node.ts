import type { NodeResolvers } from '../schema.generated.ts';

export const Node: NodeResolvers = { __resolveType: ({ __typename }) => __typename };
