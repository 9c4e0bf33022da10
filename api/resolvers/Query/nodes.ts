import { badInput } from '../../errors.ts';
import type { QueryResolvers } from '../../schema.generated.ts';
import { findNode } from '../find-node.ts';

const MAX_NODES = 100;

export const nodes: QueryResolvers['nodes'] = async (_root, { ids }, context) => {
  if (ids.length > MAX_NODES) throw badInput(`\`ids\` must not be more than ${MAX_NODES}.`);
  return Promise.all(ids.map((id) => findNode(context, id)));
};
