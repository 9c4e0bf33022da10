import { expect, test } from 'vitest';
import { parseAddress, parseDomain } from '../../../domain/address.ts';
import type { EmailAddress } from '../../../domain/address.ts';
import { classify } from '../../../domain/classification.ts';
import { match } from '../../../domain/matching.ts';
import type { KnownContact, MatchFacts } from '../../../domain/matching.ts';
import type { BodyStructure } from '../../../domain/message.ts';
import { DEFAULT_POLICY } from '../../../domain/policy.ts';
import { isSharedDomain } from '../../../domain/shared-domain.ts';
import {
  ACCOUNTS,
  BLACKLIST,
  CONTACTS,
  DEMO_WORKSPACE,
  MAILBOX_ADDRESSES,
} from '../../../local/demo/company.ts';
import type { DemoMessage } from '../../../local/demo/demo-message.ts';
import { keyOf } from '../../../local/demo/expectations.ts';
import { DEMO_MESSAGES } from '../../../local/demo/messages.ts';
import { parseHeaderBlock } from '../../../mail/headers.ts';

const own = {
  addresses: new Set(Object.values(MAILBOX_ADDRESSES).map(address)),
  internalDomains: new Set(DEMO_WORKSPACE.internalDomains.map(domain)),
};
const blacklist = { values: new Set(BLACKLIST.map(({ value }) => value)) };
const contactsByAddress = new Map<EmailAddress, KnownContact[]>();
for (const { name, addresses, accounts } of CONTACTS) {
  for (const value of addresses.map(address)) {
    const sharing = contactsByAddress.get(value) ?? [];
    const contact = { id: name, defaultAccountId: accounts[0] ?? null, accountIds: accounts };
    contactsByAddress.set(value, [...sharing, contact]);
  }
}
const facts: MatchFacts = {
  own,
  blacklist,
  contactsByAddress,
  accountByDomain: new Map(
    ACCOUNTS.flatMap(({ name, domains }) => domains.map((value) => [domain(value), name] as const)),
  ),
  isSharedDomain,
  dismissed: new Set(),
  unknownCorrespondents: DEFAULT_POLICY.unknownCorrespondents,
};

const READ = DEMO_MESSAGES.filter(({ expect: { verdict } }) => verdict !== 'NOT_READ');

test.each(READ.map((message) => [keyOf(message), message] as const))(
  'the rules decide as the demo expects: %s',
  (_key, message) => {
    expect(verdictOn(message).verdict).toBe(message.expect.reason ?? message.expect.verdict);
  },
);

test.each([
  ['no-subject', ['Harbour Lane Cafés']],
  ['same-again', ['Reyes Deli', 'Reyes Catering']],
  ['weekly-27', ['Oakridge Hotels']],
  ['introduction', ['Oakridge Hotels', 'Fjord & Bean']],
  ['route-change', ['Fjord & Bean', 'Kaffebrenneriet Nord']],
  ['rosa-intro', ['Harbour Lane Cafés']],
  ['loading-bay', ['Oakridge Hotels']],
  ['roestgrad', ['Kaffeehaus Müller']],
])('%s is logged on %j', (id, accounts) => {
  const message = READ.find(({ raw }) => raw.includes(`Message-ID: <${id}@`));
  if (message === undefined) throw new Error(`The demo has no message ${id}`);
  expect(verdictOn(message).accounts).toEqual(accounts);
});

function verdictOn(message: DemoMessage): { verdict: string; accounts: readonly string[] } {
  const headers = parseHeaderBlock(message.raw.subarray(0, message.raw.indexOf('\r\n\r\n') + 2));
  const classified = classify(
    {
      headers,
      structure: structureOf(message.raw),
      flags: message.flags ?? [],
      folderUse: message.folder === 'Sent' ? 'sent' : 'inbox',
      arrivedAt: message.arrivedAt,
      startsAt: null,
      earlier: null,
    },
    {
      own,
      blacklist,
      contactNames: new Map(
        [...contactsByAddress].map(([key, contacts]) => [key, contacts.map(({ id }) => id)]),
      ),
      policy: DEFAULT_POLICY,
    },
  );
  if (classified.kind === 'skip') {
    return { verdict: classified.reason.toUpperCase(), accounts: [] };
  }
  if (headers.from === null) return { verdict: 'no sender', accounts: [] };
  const matched = match(headers.from, headers.participants, facts);
  if (matched.kind === 'skip') return { verdict: matched.reason.toUpperCase(), accounts: [] };
  return { verdict: 'LOGGED', accounts: matched.accountIds };
}

function structureOf(raw: Buffer): BodyStructure {
  const type = /^Content-Type: ([^;\s]+)(?:; report-type=([\w-]+))?/m.exec(raw.toString('latin1'));
  const [, mediaType = '', reportType] = type ?? [];
  return { mediaType, parameters: reportType ? { 'report-type': reportType } : {}, parts: [] };
}

function address(value: string) {
  const parsed = parseAddress(value);
  if (parsed === null) throw new Error(`${value} is not an address`);
  return parsed;
}

function domain(value: string) {
  const parsed = parseDomain(value);
  if (parsed === null) throw new Error(`${value} is not a domain`);
  return parsed;
}
