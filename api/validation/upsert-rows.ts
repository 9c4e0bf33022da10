import { storableText } from '../../drizzle/rows.ts';
import { userError, type UserError, type UserErrorCode } from '../errors.ts';
import { idOf, type NodeType } from '../ids.ts';
import { checkText, ok, type Checked, type Path } from './fields.ts';

/** Of contacts or accounts in one call. */
export const MAX_ROWS = 10_000;
const MAX_EXTERNAL_ID = 200;
/** What else is wrong with a row shows when these are corrected. */
const MAX_ERRORS_PER_ROW = 10;

/** What is wrong with one row of an upsert; nothing of that row was stored. */
export interface RowError {
  /** Place in the list, from 0. */
  readonly index: number;
  readonly externalId: string | null;
  readonly code: UserErrorCode;
  readonly message: string;
  /** Path within the row. */
  readonly field: readonly string[] | null;
}

/** A row that names its object by our id, by that of the system it comes from, or by both. */
export interface NamedRow {
  readonly id: string | null;
  /** Undefined: it stays. */
  readonly externalId: string | null | undefined;
}

/** A row that may be used, and where it stood in the list. */
export interface Placed<T> {
  readonly index: number;
  readonly row: T;
}

/** A reference to an object, and where in the row it stands. */
export interface Reference {
  readonly by: 'id' | 'externalId';
  readonly value: string;
  readonly field: Path;
}

/** The fields of an input; one that is undefined was left out. */
export type Given<Input> = { readonly [Field in keyof Input]: Input[Field] | undefined };

/** Which rows can be used, and what is wrong with the others. */
export function checkRows<Input extends { readonly externalId?: string | null | undefined }, Row>(
  inputs: readonly Input[],
  check: (input: Input) => Checked<Row>,
): { readonly rows: readonly Placed<Row>[]; readonly errors: readonly RowError[] } {
  const rows: Placed<Row>[] = [];
  const errors: RowError[] = [];
  for (const [index, input] of inputs.entries()) {
    const { value, userErrors } = check(input);
    if (userErrors.length === 0) rows.push({ index, row: value });
    else errors.push(...rowErrors(index, input.externalId ?? null, userErrors));
  }
  return { rows, errors };
}

/** User errors of one row as errors of the list. */
export function rowErrors(
  index: number,
  externalId: string | null,
  userErrors: readonly UserError[],
): readonly RowError[] {
  return userErrors.slice(0, MAX_ERRORS_PER_ROW).map(({ code, message, field }) => ({
    ...{ index, externalId, code, message },
    field: field === null ? null : field.slice(1),
  }));
}

/** The list as a whole: null when it may be looked at row by row. */
export function checkSize(rows: number, field: string): UserError | null {
  if (rows <= MAX_ROWS) return null;
  const message = `There are ${rows} rows; at most ${MAX_ROWS} are taken at once. Nothing was stored: send them in parts.`;
  return userError('too_many', message, ['input', field]);
}

/** One of the two ids there must be; an external id is cleared only of an object that our id names. */
export function checkIdentity(
  type: NodeType,
  field: string,
  globalId: string | null | undefined,
  externalId: string | null | undefined,
): Checked<NamedRow> {
  const id = globalId == null ? null : idOf(type, globalId);
  const text = externalId == null ? ok(externalId) : checkExternalId(externalId, 'externalId');
  const userErrors = [...text.userErrors];
  if (globalId != null && id === null) userErrors.push(unknown(type, [field]));
  if (globalId == null && externalId == null) {
    const message = `Name the ${type.toLowerCase()} by its externalId.`;
    userErrors.push(userError('required', message, ['input', 'externalId']));
  }
  return { value: { id, externalId: text.value }, userErrors };
}

/** The id that another system has given; without the space around it. */
export function checkExternalId(raw: string, ...path: Path): Checked<string> {
  return checkText(storableText(raw), { min: 1, max: MAX_EXTERNAL_ID }, ['input', ...path]);
}

export function unknown(type: NodeType, path: Path): UserError {
  const message = `There is no such ${type.toLowerCase()}.`;
  return userError('not_found', message, ['input', ...path]);
}

/** The ids that rows and references name. */
export function namesOf(
  rows: readonly NamedRow[],
  references: readonly Reference[] = [],
): { readonly ids: readonly string[]; readonly externalIds: readonly string[] } {
  const ids = rows.flatMap(({ id }) => id ?? []);
  const externalIds = rows.flatMap(({ externalId }) => externalId ?? []);
  for (const { by, value } of references) (by === 'id' ? ids : externalIds).push(value);
  return { ids: [...new Set(ids)], externalIds: [...new Set(externalIds)] };
}

/** Objects that are there, by either id. */
export function directoryOf<T extends { readonly id: string; readonly externalId: string | null }>(
  objects: readonly T[],
) {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const byExternalId = new Map(
    objects.flatMap((object) =>
      object.externalId === null ? [] : [[object.externalId, object] as const],
    ),
  );
  return {
    byId,
    byExternalId,
    /** The object that a reference means. */
    find: ({ by, value }: Pick<Reference, 'by' | 'value'>): T | undefined =>
      (by === 'id' ? byId : byExternalId).get(value),
  };
}
