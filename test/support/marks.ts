import type { Domain } from '../../domain/address.ts';
import { classify, type ClassificationFacts } from '../../domain/classification.ts';
import type { BodyStructure } from '../../domain/message.ts';
import { DEFAULT_POLICY, type Policy } from '../../domain/policy.ts';
import { WANTED_HEADERS } from '../../mail/wanted-headers.ts';
import { address, aMessage, PLAIN_TEXT } from './message.ts';

export type Intent = NonNullable<Parameters<typeof aMessage>[0]>;
/** What it is, the verdict, the message. */
export type Row = readonly [string, string | null, Intent];

function factsUnder(policy: Partial<Policy> = {}): ClassificationFacts {
  return {
    own: {
      addresses: new Set([address('ana@freelance.example')]),
      internalDomains: new Set(['acme.example' as Domain]),
    },
    blacklist: { values: new Set() },
    contactNames: new Map(),
    policy: { ...DEFAULT_POLICY, ...policy },
  };
}

const WANTED: ReadonlySet<string> = new Set(WANTED_HEADERS.map((name) => name.toLowerCase()));

/** `reason | mark`, or null for a candidate. */
export function verdictOf(intent: Intent, policy: Partial<Policy> = {}): string | null {
  const unseen = Object.keys(intent.fields ?? {}).filter((name) => !WANTED.has(name.toLowerCase()));
  if (unseen.length > 0) throw new Error(`${unseen.join()} is not kept of what servers send`);
  const verdict = classify(aMessage(intent), factsUnder(policy));
  if (verdict.kind === 'candidate') return null;
  return `${verdict.reason} | ${verdict.evidence['mark'] ?? ''}`;
}

/** A message that differs from an ordinary one by this header too. */
export const withHeader = (name: string, value: string, intent: Intent = {}): Intent => ({
  ...intent,
  fields: { ...intent.fields, [name]: value },
});

/** RFC 6522. */
export function report(type: string): BodyStructure {
  return { ...PLAIN_TEXT, mediaType: 'multipart/report', parameters: { 'report-type': type } };
}

/** RFC 6047. */
export function calendar(): BodyStructure {
  const [text] = PLAIN_TEXT.parts;
  if (text === undefined) throw new Error('there is a text part');
  const invitation = { ...text, part: '2', mediaType: 'text/calendar' };
  return { mediaType: 'multipart/alternative', parameters: {}, parts: [text, invitation] };
}
