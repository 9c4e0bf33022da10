declare const emailAddressBrand: unique symbol;
declare const domainBrand: unique symbol;

/**
 * A normalised address (R14): lower case, NFC, domain as IDNA A-labels without a trailing dot. Made only by
 * `parseAddress`, so two of them are the same person's address exactly when they are the same string.
 */
export type EmailAddress = string & { readonly [emailAddressBrand]: true };

/** A normalised domain: lower case, IDNA A-labels, no trailing dot. Made only by `parseDomain`. */
export type Domain = string & { readonly [domainBrand]: true };

/** RFC 5322 dot-atom, in US-ASCII and widened by RFC 6532 to the letters and vowel signs of other scripts. */
const ASCII_LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LOCAL_PART =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-][\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]*(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-][\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]*)*$/u;
/** RFC 5321 section 4.1.2: quotes around what needs none change nothing (`"jill"@example.com`). */
const NEEDLESS_QUOTES = /^"([^"\\]+)"$/;
/** One LDH label (RFC 5890 section 2.3.1). Single-label domains pass: they exist within companies. */
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** RFC 5321 section 4.5.3.1. */
const MAX_LOCAL_PART_LENGTH = 64;
const MAX_DOMAIN_LENGTH = 253;

/**
 * Normalises one bare address (`jill@example.com`, no display name) or returns null when it is not exactly one
 * address with a plain local part and an LDH domain. Strict because it decides whom a message is attributed to: what
 * really needs quotes (`"a b"@example.com`) is read differently by different programs and refused.
 */
export function parseAddress(raw: string): EmailAddress | null {
  const trimmed = raw.trim();
  const at = trimmed.indexOf('@');
  if (at < 1 || at !== trimmed.lastIndexOf('@')) return null;
  const local = parseLocalPart(trimmed.slice(0, at));
  const domain = parseDomain(trimmed.slice(at + 1));
  return local === null || domain === null ? null : (`${local}@${domain}` as EmailAddress);
}

function parseLocalPart(raw: string): string | null {
  const written = NEEDLESS_QUOTES.exec(raw)?.[1] ?? raw;
  // RFC 2047 section 5 forbids encoded words here; programs that decode them would show another address.
  if (written.length > MAX_LOCAL_PART_LENGTH || written.includes('=?')) return null;
  const lower = written.toLowerCase();
  if (ASCII_LOCAL_PART.test(lower)) return lower;
  // Both sigmas are one letter; letters change their composition in lower case.
  const local = lower.replaceAll('ς', 'σ').normalize('NFC');
  return local.length <= MAX_LOCAL_PART_LENGTH && LOCAL_PART.test(local) ? local : null;
}

/** Normalises a domain name, or returns null. Address literals (`[192.0.2.1]`) and bare IP addresses are refused. */
export function parseDomain(raw: string): Domain | null {
  const ascii = toAscii(raw.trim())?.replace(/\.$/, '') ?? null;
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
  const chain = [domain];
  let dot = domain.indexOf('.');
  for (let next = domain.indexOf('.', dot + 1); next > dot; next = domain.indexOf('.', dot + 1)) {
    chain.push(domain.slice(dot + 1) as Domain);
    dot = next;
  }
  return chain;
}

/** IDNA ToASCII by the URL parser of the platform (UTS 46); null when it is not a host name. */
function toAscii(domain: string): string | null {
  const lower = domain.toLowerCase();
  if (/^[a-z0-9.-]+$/.test(lower) && !lower.includes('xn--')) return lower;
  if (/[\s/?#@:\\[\]%<>^|]/.test(lower)) return null;
  return URL.canParse(`http://${lower}`) ? new URL(`http://${lower}`).hostname : null;
}
