import { isRefusedData } from '../drizzle/rows.ts';

/**
 * Does `work` with all items at once, and where PostgreSQL refuses the data, with each alone. Returns those it refused.
 * `work` brings a transaction of its own, so that a refusal leaves nothing half done.
 */
export async function eachAlone<T>(
  items: readonly T[],
  work: (items: readonly T[]) => Promise<void>,
): Promise<readonly T[]> {
  if (await isAccepted(() => work(items))) return [];
  const refused: T[] = [];
  for (const item of items) {
    if (!(await isAccepted(() => work([item])))) refused.push(item);
  }
  return refused;
}

async function isAccepted(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isRefusedData(error)) return false;
    throw error;
  }
}
