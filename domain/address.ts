declare const emailAddressBrand: unique symbol;
declare const domainBrand: unique symbol;

/**
 * A normalised address (R14): lower case, NFC, domain as IDNA A-labels without a trailing dot. Made only by
 * `parseAddress`, so two of them are the same person's address exactly when they are the same string.
 */
export type EmailAddress = string & { readonly [emailAddressBrand]: true };

/** A normalised domain: lower case, IDNA A-labels, no trailing dot. Made only by `parseDomain`. */
export type Domain = string & { readonly [domainBrand]: true };

/** RFC 5322 dot-atom, widened to non-ASCII letters by RFC 6532; quoted local parts are refused on purpose. */
const LOCAL_PART = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
/** One LDH label (RFC 5890 section 2.3.1); single-label domains are checked by the caller. */
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** RFC 5321 section 4.5.3.1. */
const MAX_LOCAL_PART_LENGTH = 64;
const MAX_DOMAIN_LENGTH = 253;

/**
 * Normalises one bare address (`jill@example.com`, no display name) or returns null when it is not exactly one
 * address with a plain local part and an LDH domain. Strict because it decides whom a message is attributed to.
 */
export function parseAddress(raw: string): EmailAddress | null {
  const trimmed = raw.trim();
  const at = trimmed.indexOf('@');
  if (at < 1 || at !== trimmed.lastIndexOf('@')) return null;
  const local = trimmed.slice(0, at).normalize('NFC').toLowerCase();
  const domain = parseDomain(trimmed.slice(at + 1));
  if (domain === null || local.length > MAX_LOCAL_PART_LENGTH || !LOCAL_PART.test(local))
    return null;
  return `${local}@${domain}` as EmailAddress;
}

/** Normalises a domain name, or returns null. Address literals (`[192.0.2.1]`) and bare IP addresses are refused. */
export function parseDomain(raw: string): Domain | null {
  const ascii = toAscii(raw.trim().replace(/\.$/, ''));
  if (ascii === null || ascii.length > MAX_DOMAIN_LENGTH) return null;
  const labels = ascii.split('.');
  const isNumeric = /^\d+$/.test(labels.at(-1) ?? '');
  if (isNumeric || !labels.every((label) => LABEL.test(label))) return null;
  return ascii as Domain;
}

/** The domain of an address. */
export function domainOf(address: EmailAddress): Domain {
  return address.slice(address.lastIndexOf('@') + 1) as Domain;
}

/** `jill+crm@example.com` -> `jill@example.com`; null for an address without a `+tag` (RFC 5233). */
export function withoutTag(address: EmailAddress): EmailAddress | null {
  const plus = address.indexOf('+');
  if (plus < 1) return null;
  return `${address.slice(0, plus)}@${domainOf(address)}` as EmailAddress;
}

/** Whether `domain` is `parent` or one of its subdomains. */
export function isWithin(domain: Domain, parent: Domain): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}

/** The domain itself and every parent domain with at least two labels, nearest first. */
export function domainAndParents(domain: Domain): readonly Domain[] {
  const labels = domain.split('.');
  return labels
    .slice(0, Math.max(1, labels.length - 1))
    .map((_, index) => labels.slice(index).join('.') as Domain);
}

/** IDNA ToASCII by the URL parser of the platform (UTS 46); null when it is not a host name. */
function toAscii(domain: string): string | null {
  const lower = domain.toLowerCase();
  if (/^[a-z0-9.-]+$/.test(lower) && !lower.includes('xn--')) return lower;
  if (/[\s/?#@:\\[\]%<>^|]/.test(lower)) return null;
  return URL.canParse(`http://${lower}`) ? new URL(`http://${lower}`).hostname : null;
}
