import { expect, test } from 'vitest';
import { blacklistedParticipant } from '../../../domain/blacklist.ts';
import { readBlacklistEntry } from '../../../domain/blacklist-list.ts';
import type { BlacklistMode } from '../../../domain/policy.ts';
import { parseHeaderBlock } from '../../../mail/headers.ts';

/** Which participant the entry keeps out of mail from Jill to Ana with these further header lines. */
function hit(entry: string, lines: readonly string[], mode: BlacklistMode = 'any_participant') {
  const base = ['From: Jill <jill@customer.example>', 'To: ana@acme.example'];
  const has = (name: string) => lines.some((line) => line.startsWith(name));
  const block = [...base.filter((line) => !has(line.split(' ')[0] ?? '')), ...lines, '', ''];
  const { participants } = parseHeaderBlock(Buffer.from(block.join('\r\n')));
  const value = readBlacklistEntry(entry)?.value;
  const blacklist = { values: new Set(value === undefined ? [] : [value]) };
  const found = blacklistedParticipant(participants, blacklist, mode);
  return found === null ? null : `${found.participant.role} ${found.participant.address}`;
}

test.each([
  ['From', 'rival.example', ['From: r@rival.example'], 'from r@rival.example'],
  ['To', 'r@rival.example', ['To: ana@acme.example, R <R@Rival.example>'], 'to r@rival.example'],
  ['Cc', 'rival.example', ['Cc: r@rival.example'], 'cc r@rival.example'],
  ['Bcc', 'rival.example', ['Bcc: r@rival.example'], 'bcc r@rival.example'],
  [
    'a group',
    'rival.example',
    ['Cc: Friends: a@b.example, r@rival.example;'],
    'cc r@rival.example',
  ],
  ['a subdomain', 'rival.example', ['Cc: r@eu.mail.rival.example'], 'cc r@eu.mail.rival.example'],
  ['a tag', 'r@rival.example', ['Cc: r+news@rival.example'], 'cc r+news@rival.example'],
  ['an IDN', 'bücher.example', ['Cc: r@xn--bcher-kva.example'], 'cc r@xn--bcher-kva.example'],
  [
    'an IDN as U-label',
    'xn--bcher-kva.example',
    ['Cc: r@BÜCHER.example'],
    'cc r@xn--bcher-kva.example',
  ],
] as const)('R21 an entry keeps out mail with it in %s', (_where, entry, lines, found) => {
  expect(hit(entry, lines)).toBe(found);
});

test.each([
  ['the end of another domain', 'rival.example', ['Cc: r@notrival.example']],
  ['the parent of a subdomain', 'mail.rival.example', ['Cc: r@rival.example']],
  ['a tagged entry and the plain address', 'r+news@rival.example', ['Cc: r@rival.example']],
  ['a display name', 'r@rival.example', ['Cc: "r@rival.example" <joe@customer.example>']],
  // Neither takes part: Sender is who handed the mail in (RFC 5322 section 3.6.2), and nobody has answered yet.
  ['Sender', 'rival.example', ['Sender: r@rival.example']],
  ['Reply-To', 'rival.example', ['Reply-To: r@rival.example']],
] as const)('R21 an entry does not concern %s', (_where, entry, lines) => {
  expect(hit(entry, lines)).toBeNull();
});

test('R21 under SENDER_ONLY recipients may be blacklisted, the sender may not', () => {
  expect(hit('rival.example', ['Cc: r@rival.example'], 'sender_only')).toBeNull();
  expect(hit('rival.example', ['From: r@rival.example'], 'sender_only')).toBe(
    'from r@rival.example',
  );
});
