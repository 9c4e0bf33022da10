import { withoutTag, type EmailAddress } from './address.ts';
import type { Participant } from './message.ts';

/** On whose timelines a message stands, and what is known of them today. */
export interface LoggedOn {
  readonly participants: readonly Participant[];
  readonly contacts: readonly LoggedContact[];
  readonly accounts: readonly { readonly id: string; readonly name: string }[];
}

export interface LoggedContact {
  /** Empty when only the address is known. */
  readonly name: string;
  /** Primary first. */
  readonly addresses: readonly EmailAddress[];
  readonly defaultAccountId: string | null;
  /** Most recently linked first. */
  readonly accountIds: readonly string[];
  /** Whether this message made it (R30-R33). */
  readonly isMade: boolean;
}

/** More would be no answer any more. */
const MAX_SENTENCES = 6;

type Verb = 'was' | 'would be';

/** `was` of what is there, `would be` of what is only asked about. */
export function explainLogged(on: LoggedOn, verb: Verb): string {
  const { contacts, accounts } = on;
  const where = [
    ...counted('contact', contacts.map(nameOf)),
    ...counted(
      'account',
      accounts.map(({ name }) => name),
    ),
  ];
  if (where.length === 0)
    return `The message ${verb} logged; its contacts have been deleted since.`;
  const reasons = [
    ...contacts.map((contact) => whyContact(contact, on, verb)),
    ...accounts.map((account) => whyAccount(account, contacts)),
  ].filter((sentence) => sentence !== null);
  const rest = reasons.length - MAX_SENTENCES;
  return [
    `The message ${verb} logged on the ${where.join(' and the ')}.`,
    ...reasons.slice(0, MAX_SENTENCES),
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ].join(' ');
}

/** `contact Jill`, `contacts Jill, Joe`; nothing for nobody. */
function counted(noun: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return [`${noun}${names.length > 1 ? 's' : ''} ${names.join(', ')}`];
}

/** R14, R15: which address led to the contact, and how. */
function whyContact(contact: LoggedContact, { participants }: LoggedOn, verb: Verb): string {
  const exact = participants.find(({ address }) => contact.addresses.includes(address));
  const found = exact ?? participants.find(({ address }) => isTagged(address, contact));
  const name = nameOf(contact);
  if (found === undefined) return `${name} no longer has the address by which it was found.`;
  const who = `${found.address} (${found.role === 'from' ? 'sender' : 'recipient'})`;
  if (contact.isMade) {
    const became =
      verb === 'was' ? 'was nobody’s yet and became' : 'is nobody’s yet and would become';
    return `${who} ${became} the contact ${name}, as the policy for unknown people says.`;
  }
  if (exact === undefined) return `${who} is, without its tag, an address of ${name}.`;
  if (contact.name === '') return `${who} is a contact.`;
  const kind = contact.addresses[0] === exact.address ? 'the' : 'an alternate';
  return `${who} is ${kind} address of ${name}.`;
}

function isTagged(address: EmailAddress, { addresses }: LoggedContact): boolean {
  const untagged = withoutTag(address);
  return untagged !== null && addresses.includes(untagged);
}

/** R17; null when the link was made by somebody's hand, or has changed since. */
function whyAccount(
  { id, name }: LoggedOn['accounts'][number],
  contacts: readonly LoggedContact[],
): string | null {
  const chosen = contacts.filter(({ defaultAccountId }) => defaultAccountId === id);
  if (chosen.length > 0)
    return `${name} is the default account of ${chosen.map(nameOf).join(', ')}.`;
  const last = contacts.filter((one) => one.defaultAccountId === null && one.accountIds[0] === id);
  if (last.length === 0) return null;
  return `${name} is the account linked last to ${last.map(nameOf).join(', ')}.`;
}

function nameOf({ name, addresses }: LoggedContact): string {
  return name === '' ? (addresses[0] ?? 'somebody') : name;
}
