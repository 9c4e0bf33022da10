import { parseAddress, parseDomain, type Domain, type EmailAddress } from '../../domain/address.ts';
import { isSharedDomain } from '../../domain/shared-domain.ts';
import { notFound, userError, type UserError } from '../errors.ts';
import { idOf, type NodeType } from '../ids.ts';

/** A value made of input, and what is wrong with the input. The value may be used only when nothing is. */
export interface Checked<T> {
  readonly value: T;
  readonly userErrors: readonly UserError[];
}

export type Path = readonly string[];

/** Of contacts and accounts. */
export const MAX_NAME = 200;

export function ok<T>(value: T): Checked<T> {
  return { value, userErrors: [] };
}

export function checkText(
  raw: string,
  limits: { readonly min: 0 | 1; readonly max: number },
  path: Path,
): Checked<string> {
  const value = raw.trim();
  if (value.length < limits.min) {
    return { value, userErrors: [userError('required', 'This must not be empty.', path)] };
  }
  if (value.length > limits.max) {
    const message = `This must not be longer than ${limits.max} characters.`;
    return { value, userErrors: [userError('too_long', message, path)] };
  }
  return ok(value);
}

/** R14: the normalised address. */
export function checkAddress(raw: string, path: Path): Checked<EmailAddress | null> {
  const value = parseAddress(raw);
  if (value !== null) return ok(value);
  const message = 'This is not one plain e-mail address, like jill@example.com.';
  return { value, userErrors: [userError('invalid_address', message, path)] };
}

/** At least one address, each once. */
export function checkAddresses(
  raw: readonly string[],
  path: Path,
): Checked<readonly EmailAddress[]> {
  if (raw.length === 0) {
    return { value: [], userErrors: [userError('required', 'Give at least one address.', path)] };
  }
  return checkList(raw, 50, path, checkAddress);
}

/** R31: domains that may belong to an account, each once. */
export function checkDomains(raw: readonly string[], path: Path): Checked<readonly Domain[]> {
  return checkList(raw, 100, path, (domain, at) => checkOwnedDomain(domain, at, NO_COMPANY));
}

/** R11: domains whose addresses are all the workspace's own, each once. */
export function checkInternalDomains(
  raw: readonly string[],
  path: Path,
): Checked<readonly Domain[]> {
  return checkList(raw, 100, path, (domain, at) => checkOwnedDomain(domain, at, NOT_OURS));
}

/** Ids of one type, each once. An id that is none, or of another type, is as unknown as one nobody has. */
export function checkIds(
  type: NodeType,
  raw: readonly string[],
  path: Path,
): Checked<readonly string[]> {
  return checkList(raw, 50, path, (globalId, at) => {
    const value = idOf(type, globalId);
    return value === null
      ? { value, userErrors: [notFound(nounOf(type), ...at.slice(1))] }
      : ok(value);
  });
}

/** Why a domain that many share cannot stand for one company. */
const NO_COMPANY = 'so it cannot stand for one company. Add its people as contacts instead.';
/** The same of a domain that would make all of them our own (R11). */
const NOT_OURS =
  'so their mail would count as your own. Add the addresses of your people to their users instead.';

function checkOwnedDomain(raw: string, path: Path, whyNotShared: string): Checked<Domain | null> {
  const value = parseDomain(raw);
  if (!value?.includes('.')) {
    const message = 'This is not a domain name, like example.com.';
    return { value: null, userErrors: [userError('invalid_domain', message, path)] };
  }
  if (isSharedDomain(value)) {
    const message = `Many unrelated people have addresses at ${value}, ${whyNotShared}`;
    return { value: null, userErrors: [userError('shared_domain', message, path)] };
  }
  return ok(value);
}

function checkList<T extends string>(
  raw: readonly string[],
  max: number,
  path: Path,
  check: (item: string, at: Path) => Checked<T | null>,
): Checked<readonly T[]> {
  if (raw.length > max) {
    const message = `There must not be more than ${max}.`;
    return { value: [], userErrors: [userError('too_many', message, path)] };
  }
  const value: T[] = [];
  const userErrors: UserError[] = [];
  for (const [index, item] of raw.entries()) {
    const at = [...path, String(index)];
    const checked = check(item, at);
    userErrors.push(...checked.userErrors);
    if (checked.value === null) continue;
    if (value.includes(checked.value)) {
      userErrors.push(userError('duplicate', 'This stands in the list twice.', at));
    }
    value.push(checked.value);
  }
  return { value, userErrors };
}

export function nounOf(type: NodeType): string {
  return type.replaceAll(/(?!^)[A-Z]/g, ' $&').toLowerCase();
}
