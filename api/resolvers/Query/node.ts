import type { QueryResolvers } from '../../schema.generated.ts';
import { findNode } from '../find-node.ts';

export const node: QueryResolvers['node'] = (_root, { id }, context) => findNode(context, id);
