import type { ExportedAccount, ExportedContact, ExportedReference } from '../drizzle/csv-export.ts';
import { LIST_SEPARATOR, listIn, type Columns, type CsvLineError, type CsvRow } from './csv.ts';
import { toGlobalId } from './ids.ts';
import type { AccountFields } from './validation/upsert-account.ts';
import type { ContactFields } from './validation/upsert-contact.ts';

/** A kind of file: how its rows are read, and how they are written. */
export interface Sheet<Input, Stored> extends Columns {
  /** What a row says, or what is wrong with it. */
  readonly read: (row: CsvRow) => Input | CsvLineError;
  /** A cell for each of `all`. */
  readonly write: (stored: Stored) => readonly string[];
}

/** Accounts are named by their external ids where they have one that a list can hold, else by ours. */
export const contactSheet: Sheet<ContactFields, ExportedContact> = {
  all: [
    ...['contactId', 'externalId', 'name', 'addresses', 'accountExternalIds', 'accountIds'],
    ...['defaultAccountExternalId', 'defaultAccountId'],
  ],
  identifying: ['externalId', 'contactId'],
  read: (row) => ({
    contactId: textOf(row, 'contactId'),
    externalId: textOf(row, 'externalId'),
    name: textOf(row, 'name'),
    addresses: listOf(row, 'addresses'),
    accountExternalIds: listOf(row, 'accountExternalIds'),
    accountIds: listOf(row, 'accountIds'),
    defaultAccountExternalId: textOf(row, 'defaultAccountExternalId'),
    defaultAccountId: textOf(row, 'defaultAccountId'),
  }),
  write: ({ id, externalId, name, addresses, accounts, defaultAccount }) => {
    const outside = accounts.flatMap(({ externalId: text }) => (fitsList(text) ? [text] : []));
    const ours = accounts.filter(({ externalId: text }) => !fitsList(text));
    return [
      ...[toGlobalId('Contact', id), externalId ?? '', name, listed(addresses)],
      ...[listed(outside), listed(ours.map((account) => toGlobalId('Account', account.id)))],
      ...referenceCells(defaultAccount),
    ];
  },
};

export const accountSheet: Sheet<AccountFields, ExportedAccount> = {
  all: [
    ...['accountId', 'externalId', 'name', 'domains', 'parentExternalId', 'parentId'],
    'defaultForArchive',
  ],
  identifying: ['externalId', 'accountId'],
  read: (row) => {
    const word = row.cells.get('defaultForArchive')?.trim().toLowerCase();
    const defaultForArchive = word === undefined ? undefined : BOOLEANS.get(word);
    if (word !== undefined && defaultForArchive === undefined) {
      const message = 'This must be true or false.';
      return { line: row.line, column: 'defaultForArchive', code: 'invalid_csv', message };
    }
    return {
      accountId: textOf(row, 'accountId'),
      externalId: textOf(row, 'externalId'),
      name: textOf(row, 'name'),
      domains: listOf(row, 'domains'),
      parentExternalId: textOf(row, 'parentExternalId'),
      parentId: textOf(row, 'parentId'),
      defaultForArchive,
    };
  },
  write: ({ id, externalId, name, domains, parent, defaultForArchive }) => [
    ...[toGlobalId('Account', id), externalId ?? '', name, listed(domains)],
    ...[...referenceCells(parent), String(defaultForArchive)],
  ],
};

/** A row of the blacklist; a note that is undefined stays. */
export interface BlacklistRow {
  readonly value: string;
  readonly note: string | null | undefined;
}

export const blacklistSheet: Sheet<
  BlacklistRow,
  { readonly value: string; readonly note: string | null }
> = {
  all: ['value', 'note'],
  identifying: ['value'],
  read: (row) => ({ value: textOf(row, 'value') ?? '', note: textOf(row, 'note') }),
  write: ({ value, note }) => [value, note ?? ''],
};

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['', false],
]);

/** Undefined without such a column; an empty cell clears its field. */
function textOf({ cells }: CsvRow, column: string): string | null | undefined {
  const text = cells.get(column)?.trim();
  return text === '' ? null : text;
}

function listOf({ cells }: CsvRow, column: string): readonly string[] | undefined {
  const text = cells.get(column);
  return text === undefined ? undefined : listIn(text);
}

function referenceCells(account: ExportedReference | null): readonly [string, string] {
  if (account === null) return ['', ''];
  const { id, externalId } = account;
  return externalId === null ? ['', toGlobalId('Account', id)] : [externalId, ''];
}

function listed(parts: readonly string[]): string {
  return parts.join(LIST_SEPARATOR);
}

function fitsList(externalId: string | null): externalId is string {
  return externalId !== null && !externalId.includes(LIST_SEPARATOR);
}
