import { parseAddress, type EmailAddress } from '../../domain/address.ts';
import { badInput } from '../errors.ts';
import { idOf, type NodeType } from '../ids.ts';

const MAX_SEARCH = 200;

/** What to search for; null when there is nothing but space. */
export function searchText(raw: string | null | undefined, field = 'search'): string | null {
  const text = raw?.trim() ?? '';
  if (text.length > MAX_SEARCH) {
    throw badInput(`\`${field}\` must not be longer than ${MAX_SEARCH} characters.`);
  }
  return text === '' ? null : text;
}

/** The id that a filter names. Throws BAD_USER_INPUT for what is no id of this type. */
export function filterId(type: NodeType, globalId: string, field: string): string {
  const id = idOf(type, globalId);
  if (id === null) throw badInput(`\`filter.${field}\` is not the id of a ${type}.`);
  return id;
}

export function filterAddress(raw: string): EmailAddress {
  const address = parseAddress(raw);
  if (address === null) throw badInput('`filter.address` is not one plain e-mail address.');
  return address;
}

/** A Message-ID as it is stored: without the angle brackets and blanks that mail programs show it with. */
export function bareMessageId(raw: string): string {
  return raw.replace(/[<>\s]+/g, '');
}
