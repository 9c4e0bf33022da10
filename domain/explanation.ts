import { domainOf, parseAddress } from './address.ts';
import { REASON_TEXTS, type Evidence, type SkipReason } from './decision.ts';
import { dayOf, minuteOf } from './explained-times.ts';
import type { Policy } from './policy.ts';
import { isSharedDomain } from './shared-domain.ts';

/** A decision in words for a salesperson, and what they can do (R45). */
export interface Explanation {
  readonly explanation: string;
  /** null when there is nothing to be got: the message was logged. */
  readonly advice: string | null;
}

type FilingPolicy = Pick<Policy, 'unknownCorrespondents' | 'retroMatch'>;

/** What else is known today; asked only for the reasons that need it (`NEEDS`). */
export interface Circumstances {
  /** In force for the mailbox. */
  readonly policy: FilingPolicy;
  /** The blacklist entry that the evidence names; null when it has been removed. */
  readonly entry?: { readonly author: string | null; readonly createdAt: Date } | null;
  /** Who deleted the engagement of the message, and when. */
  readonly deletion?: { readonly by: string | null; readonly at: Date } | null;
  /** The engagement that is there already. */
  readonly engagement?: { readonly subject: string; readonly occurredAt: Date } | null;
  /** The contact who carries the unknown address today. */
  readonly contact?: { readonly name: string } | null;
}

/** Which of the circumstances the words for a reason use. */
export const NEEDS: Readonly<Partial<Record<SkipReason, keyof Circumstances>>> = {
  blacklisted: 'entry',
  engagement_deleted: 'deletion',
  duplicate: 'engagement',
  unknown_sender: 'contact',
  unknown_recipients: 'contact',
};

/** The rule in words with the values that it looked at; where evidence is missing, the rule alone. */
export function explainSkip(
  reason: SkipReason,
  evidence: Evidence,
  circumstances: Circumstances,
): Explanation {
  const own = OWN_WORDS[reason]?.(evidence, circumstances) ?? {};
  const texts = REASON_TEXTS[reason];
  return {
    explanation: own.explanation ?? withMark(texts.explanation, evidence),
    advice: own.advice ?? texts.advice,
  };
}

/** A message that could not be read or stored. */
export function explainFailure(
  evidence: Evidence,
  { attempts, retryAt }: { readonly attempts: number; readonly retryAt: Date | null },
): Explanation {
  const problem = evidence['problem'];
  const tries = attempts > 1 ? ` It was tried ${attempts} times.` : '';
  return {
    explanation: `The message could not be processed and was set aside${problem === undefined ? '' : `: ${problem}`}.${tries}`,
    advice:
      retryAt === null
        ? 'Try it again once what is in the way may be gone, or discard it. If it fails again, tell whoever runs Mailroom, with the date and the folder.'
        : `Nothing to do: it is tried again by itself on ${minuteOf(retryAt)}.`,
  };
}

type Words = (evidence: Evidence, circumstances: Circumstances) => Partial<Explanation>;

const OWN_WORDS: Readonly<Partial<Record<SkipReason, Words>>> = {
  before_start: ({ arrivedAt, startsAt }) => {
    if (arrivedAt === undefined || startsAt === undefined) return {};
    const [arrived, starts] = [new Date(arrivedAt), new Date(startsAt)];
    return {
      explanation: `The message arrived on ${dayOf(arrived)}, and this mailbox is filed from ${minuteOf(starts)} on.`,
    };
  },
  duplicate: (_evidence, { engagement }) =>
    engagement == null
      ? {}
      : {
          explanation: `The same message has already been logged from this mailbox, as “${engagement.subject}” of ${dayOf(engagement.occurredAt)}.`,
        },
  engagement_deleted: (_evidence, { deletion }) =>
    deletion == null
      ? {}
      : {
          explanation: `${deletion.by ?? 'Somebody'} deleted this message from the timelines on ${dayOf(deletion.at)}; a deleted engagement stays deleted.`,
        },
  unparsable: ({ from }) =>
    from === undefined
      ? {}
      : {
          explanation: `${from === '' ? 'There is no From line, or nothing in it' : `The From line “${from}” does not name exactly one valid address`}, so nobody can say who sent the message.`,
        },
  too_large: ({ recipients }) =>
    recipients === undefined ? {} : { explanation: `${stem('too_large')} (${recipients}).` },
  only_own_addresses: ({ addresses, wouldHaveMatched }) =>
    addresses === undefined
      ? {}
      : {
          explanation:
            `The message went between addresses of your own workspace only: ${addresses}.` +
            (wouldHaveMatched === undefined
              ? ''
              : ` Among others it would have matched the contact ${wouldHaveMatched}.`),
        },
  internal: ({ addresses }) =>
    addresses === undefined ? {} : { explanation: `${stem('internal')}: ${addresses}.` },
  blacklisted,
  unknown_sender: (evidence, circumstances) => {
    const { sender = '' } = evidence;
    if (sender === '') return {};
    const nobody = `No contact had the address ${sender}${byDomain(sender, circumstances.policy)}.`;
    return unknown(nobody, [sender], evidence, circumstances);
  },
  unknown_recipients: (evidence, circumstances) => {
    const { recipients = '' } = evidence;
    if (recipients === '') return {};
    const addresses = recipients.split(', ');
    const nobody =
      addresses.length === 1
        ? `No contact had the address ${recipients}, which it went to${byDomain(recipients, circumstances.policy)}.`
        : `No contact had any of the addresses that it went to: ${recipients}.`;
    return unknown(nobody, addresses, evidence, circumstances);
  },
  ambiguous_account: ({ domains, accounts }) =>
    domains === undefined || accounts === undefined
      ? {}
      : {
          explanation: `None of the people in the message belongs to an account. Several accounts have contacts at ${domains}, and nothing says which one is meant: ${accounts}.`,
        },
  no_account: ({ people }) =>
    people === undefined
      ? {}
      : {
          explanation: `None of the people in the message belongs to an account, and no account has contacts at their domain: ${people}.`,
        },
  discarded: ({ discardedBy }) =>
    discardedBy === undefined
      ? {}
      : {
          explanation: `The message could not be read, and ${discardedBy} decided to leave it out.`,
        },
};

function blacklisted(
  { entry, address, role }: Evidence,
  { entry: found, policy }: Circumstances,
): Partial<Explanation> {
  if (entry === undefined) return {};
  const place = role === 'from' ? ', the sender,' : ', a recipient,';
  const who = address === undefined ? 'The sender or a recipient' : `${address}${place}`;
  const by = address === entry ? ' itself' : `, by the entry ${entry}`;
  if (found === null) {
    return {
      explanation: `${who} was on the blacklist${by}; the entry has been removed since.`,
      advice: `Nothing to do for later mail. ${STAYS_OUT}`,
    };
  }
  const added =
    found === undefined
      ? ''
      : ` It was added by ${found.author ?? 'somebody who has left'} on ${dayOf(found.createdAt)}.`;
  return {
    explanation: `${who} is on the blacklist${by}.${added}`,
    advice: `An admin can remove the entry ${entry} from the blacklist. Later mail is then filed. ${thisOne(policy)}`,
  };
}

/** What people decided about those whom nobody knows, and what to do (R33, R34). */
function unknown(
  nobody: string,
  addresses: readonly string[],
  { dismissed, contactUndoneBy }: Evidence,
  { contact, policy }: Circumstances,
): Partial<Explanation> {
  const undone =
    contactUndoneBy === undefined
      ? ''
      : ` ${contactUndoneBy === '' ? 'Somebody' : contactUndoneBy} took back the contact that had been made.`;
  const hidden =
    dismissed === undefined ? '' : ` Dismissed on the list of unknown people: ${dismissed}.`;
  return { explanation: `${nobody}${undone}${hidden}`, ...adviceFor(addresses, contact, policy) };
}

/** Why the domain did not help either (R30, R31). */
function byDomain(raw: string, { unknownCorrespondents }: FilingPolicy): string {
  const address = parseAddress(raw);
  if (address === null || unknownCorrespondents !== 'known_domain') return '';
  const domain = domainOf(address);
  return isSharedDomain(domain)
    ? `, and ${domain} belongs to many unrelated people, so it stands for no account`
    : `, and no account owned exactly the domain ${domain}`;
}

function adviceFor(
  addresses: readonly string[],
  contact: Circumstances['contact'],
  policy: FilingPolicy,
): Partial<Explanation> {
  const [address = ''] = addresses;
  if (contact != null) {
    const who = contact.name === '' ? 'a contact' : `the contact ${contact.name}`;
    return { advice: `Nothing to do for later mail: today ${who} has this address. ${STAYS_OUT}` };
  }
  const what =
    addresses.length === 1
      ? `Add ${address} to a contact`
      : 'Add one of the addresses to a contact';
  const domains = policy.unknownCorrespondents === 'known_domain' ? ownDomains(addresses) : [];
  const orDomain =
    domains.length === 0 ? '' : `, or the domain ${domains.join(' or ')} to an account`;
  return { advice: `${what}${orDomain}; later mail is then filed. ${thisOne(policy)}` };
}

const STAYS_OUT = 'This message stays out until somebody has it decided again.';

/** What becomes of the message itself when its obstacle is gone (R4). */
function thisOne({ retroMatch }: FilingPolicy): string {
  return retroMatch === 'on'
    ? 'This message is decided again by itself when that changes.'
    : STAYS_OUT;
}

const MAX_DOMAINS = 3;

/** The domains that could stand for one company. */
function ownDomains(addresses: readonly string[]): readonly string[] {
  const known = addresses.flatMap((one) => parseAddress(one) ?? []);
  const domains = new Set(known.map(domainOf));
  return [...domains].filter((domain) => !isSharedDomain(domain)).slice(0, MAX_DOMAINS);
}

/** The mark that a rule found, in brackets before the full stop. */
function withMark(sentence: string, { mark }: Evidence): string {
  return mark === undefined ? sentence : `${sentence.replace(/\.$/, '')} (${mark}).`;
}

function stem(reason: SkipReason): string {
  return REASON_TEXTS[reason].explanation.replace(/\.$/, '');
}
