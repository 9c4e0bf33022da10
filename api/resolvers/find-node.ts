import type { RequestContext } from '../context.ts';
import { fromGlobalId } from '../ids.ts';
import type { NodeValue } from '../values.ts';

/** Whatever a global id names, under row-level security, or null. */
export async function findNode(
  context: RequestContext,
  globalId: string,
): Promise<NodeValue | null> {
  const named = fromGlobalId(globalId);
  if (named === null) return null;
  const { type, id } = named;
  const value = await context.loaders[type].load(id);
  return value === null ? null : { __typename: type, ...value };
}
