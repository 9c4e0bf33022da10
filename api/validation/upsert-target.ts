import { userError, type UserError } from '../errors.ts';
import type { NodeType } from '../ids.ts';
import { directoryOf, rowErrors, unknown } from './upsert-rows.ts';
import type { NamedRow, Placed, RowError } from './upsert-rows.ts';

/** A row and the object that it changes; null where it makes one. */
export interface Targeted<Row, Stored> extends Placed<Row> {
  readonly stored: Stored | null;
}

/** Finds the object that each row means. Each may be named once in a call, or the order of the rows would decide. */
export function findTargets<
  Row extends NamedRow,
  Stored extends { readonly id: string; readonly externalId: string | null },
>(
  type: NodeType,
  rows: readonly Placed<Row>[],
  stored: readonly Stored[],
): { readonly targets: readonly Targeted<Row, Stored>[]; readonly errors: readonly RowError[] } {
  const there = directoryOf(stored);
  const seen = new Set<string>();
  const targets: Targeted<Row, Stored>[] = [];
  const errors: RowError[] = [];
  for (const { index, row } of rows) {
    const target =
      row.id === null ? there.byExternalId.get(row.externalId ?? '') : there.byId.get(row.id);
    const problem = problemOf(type, row, target, there.byExternalId, seen);
    if (problem === null) {
      for (const key of keysOf(row, target)) seen.add(key);
      targets.push({ index, row, stored: target ?? null });
    } else {
      errors.push(...rowErrors(index, row.externalId ?? null, [problem]));
    }
  }
  return { targets, errors };
}

function problemOf(
  type: NodeType,
  row: NamedRow,
  target: { readonly id: string } | undefined,
  byExternalId: ReadonlyMap<string, { readonly id: string }>,
  seen: ReadonlySet<string>,
): UserError | null {
  const noun = type.toLowerCase();
  if (row.id !== null && target === undefined) return unknown(type, [`${noun}Id`]);
  const owner = row.externalId == null ? undefined : byExternalId.get(row.externalId);
  const field = ['input', row.id === null ? 'externalId' : `${noun}Id`];
  if (owner !== undefined && owner.id !== target?.id) {
    const message = `Another ${noun} has this externalId. Take it off that one first.`;
    return userError('external_id_taken', message, ['input', 'externalId']);
  }
  if (!keysOf(row, target).some((key) => seen.has(key))) return null;
  const message = `An earlier row of this list is about the same ${noun} already.`;
  return userError('duplicate', message, field);
}

/** Under what a row must be the only one. */
function keysOf(row: NamedRow, target: { readonly id: string } | undefined): readonly string[] {
  return [
    ...(target === undefined ? [] : [`id ${target.id}`]),
    ...(row.externalId == null ? [] : [`external ${row.externalId}`]),
  ];
}
