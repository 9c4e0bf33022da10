import type { Connection } from '@temporalio/client';

/** `INDEXED_VALUE_TYPE_KEYWORD` of temporal.api.enums.v1; @temporalio/proto is not ours to import. */
const KEYWORD = 2;

/** Registers what is missing, as a server kept from before lacks what a newer version needs. */
export async function ensureSearchAttributes(
  connection: Connection,
  namespace: string,
  names: readonly string[],
): Promise<boolean> {
  const missing = await missingSearchAttributes(connection, namespace, names);
  if (missing.length === 0) return true;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
  });
  return (await missingSearchAttributes(connection, namespace, names)).length === 0;
}

export async function missingSearchAttributes(
  connection: Connection,
  namespace: string,
  names: readonly string[],
): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return names.filter((name) => !(name in customAttributes));
}
