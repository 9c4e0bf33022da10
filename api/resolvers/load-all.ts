/** The values behind these ids, in their order, without those that are gone. */
export async function loadAll<T>(
  loader: { load(id: string): Promise<T | null> },
  ids: readonly string[],
): Promise<readonly T[]> {
  const values = await Promise.all(ids.map((id) => loader.load(id)));
  return values.filter((value) => value !== null);
}
