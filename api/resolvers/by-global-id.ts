import { idOf, type NodeType } from '../ids.ts';

/** The object of this type with this global id, or null. */
export async function byGlobalId<T>(
  type: NodeType,
  globalId: string,
  loader: { load(id: string): Promise<T | null> },
): Promise<T | null> {
  const id = idOf(type, globalId);
  return id === null ? null : loader.load(id);
}
