import { describe, expect, test } from 'vitest';
import { REASON_TEXTS, SKIP_REASONS, type SkipReason } from '../../../domain/decision.ts';
import { explainFailure, explainSkip, type Circumstances } from '../../../domain/explanation.ts';
import { explainLogged, type LoggedContact } from '../../../domain/explanation-logged.ts';
import { traceOf } from '../../../domain/trace.ts';
import { address } from '../../support/message.ts';

const POLICY = { unknownCorrespondents: 'known_domain', retroMatch: 'off' } as const;

/** The words for a reason with its evidence. */
function said(reason: SkipReason, evidence: object, circumstances: Partial<Circumstances> = {}) {
  return explainSkip(reason, { ...evidence }, { policy: POLICY, ...circumstances });
}

describe('R45 a decision in words, with the values that the rule looked at', () => {
  test.each<[SkipReason, object, string]>([
    [
      'before_start',
      { arrivedAt: '2026-01-05T10:00:00Z', startsAt: '2026-02-01T00:00:00Z' },
      'The message arrived on 5 January 2026, and this mailbox is filed from 1 February 2026, 00:00 UTC on.',
    ],
    [
      'draft',
      { mark: 'flag \\Draft' },
      'The message is a draft: it has not been sent (flag \\Draft).',
    ],
    [
      'unparsable',
      { from: 'a@x, b@y' },
      'The From line “a@x, b@y” does not name exactly one valid address, so nobody can say who sent the message.',
    ],
    [
      'unparsable',
      { from: '' },
      'There is no From line, or nothing in it, so nobody can say who sent the message.',
    ],
    [
      'too_large',
      { recipients: '5000 read' },
      'The message has more recipients or header text than is read, so they cannot all be checked (5000 read).',
    ],
    [
      'only_own_addresses',
      { addresses: 'a@us.example, b@us.example', wouldHaveMatched: 'Jill' },
      'The message went between addresses of your own workspace only: a@us.example, b@us.example. Among others it would have matched the contact Jill.',
    ],
    [
      'internal',
      { addresses: 'a@us.example' },
      'The sender and all recipients belong to your own company: a@us.example.',
    ],
    [
      'blacklisted',
      { entry: 'jane@x.example', address: 'jane@x.example', role: 'cc' },
      'jane@x.example, a recipient, is on the blacklist itself.',
    ],
    [
      'unknown_sender',
      { sender: 'jane@gmail.com' },
      'No contact had the address jane@gmail.com, and gmail.com belongs to many unrelated people, so it stands for no account.',
    ],
    [
      'unknown_sender',
      { sender: 'jane@x.example', dismissed: 'jane@x.example' },
      'No contact had the address jane@x.example, and no account owned exactly the domain x.example. Dismissed on the list of unknown people: jane@x.example.',
    ],
    [
      'unknown_sender',
      { sender: 'jane@gmail.com', contactUndoneBy: 'Ann' },
      'No contact had the address jane@gmail.com, and gmail.com belongs to many unrelated people, so it stands for no account. Ann took back the contact that had been made.',
    ],
    [
      'unknown_recipients',
      { recipients: 'a@x.example, b@gmail.com' },
      'No contact had any of the addresses that it went to: a@x.example, b@gmail.com.',
    ],
    [
      'ambiguous_account',
      { domains: 'x.example', accounts: 'A Ltd, B Ltd' },
      'None of the people in the message belongs to an account. Several accounts have contacts at x.example, and nothing says which one is meant: A Ltd, B Ltd.',
    ],
    [
      'no_account',
      { people: 'jane@x.example' },
      'None of the people in the message belongs to an account, and no account has contacts at their domain: jane@x.example.',
    ],
    [
      'discarded',
      { discardedBy: 'Ann' },
      'The message could not be read, and Ann decided to leave it out.',
    ],
  ])('%s %j', (reason, evidence, explanation) => {
    expect(said(reason, evidence).explanation).toBe(explanation);
  });

  test('every reason has words and something to do, also where old evidence says nothing', () => {
    for (const reason of SKIP_REASONS) expect(said(reason, {})).toEqual(REASON_TEXTS[reason]);
  });

  test('R30-R32 what to do follows the policy for unknown people', () => {
    const sender = 'jane@x.example';
    const advice = (policy: Partial<Circumstances['policy']>, evidence: object = { sender }) =>
      said('unknown_sender', evidence, { policy: { ...POLICY, ...policy } }).advice;
    expect(advice({})).toMatch(
      /^Add jane@x\.example to a contact, or the domain x\.example to an account;/,
    );
    expect(advice({ unknownCorrespondents: 'never' })).toMatch(
      /^Add jane@x\.example to a contact; later/,
    );
    expect(advice({}, { sender: 'jane@gmail.com' })).toMatch(
      /^Add jane@gmail\.com to a contact; later/,
    );
    expect(advice({})).toMatch(/stays out until somebody has it decided again\.$/);
    expect(advice({ retroMatch: 'on' })).toMatch(/decided again by itself when that changes\.$/);
    const domains = said('unknown_recipients', {
      recipients: 'a@x.example, b@gmail.com, c@y.example',
    });
    expect(domains.advice).toMatch(/or the domain x\.example or y\.example to an account/);
  });

  test('a failed message says how often it was tried and when it is tried again', () => {
    const failure = explainFailure({}, { attempts: 1, retryAt: null });
    expect(failure.explanation).toBe('The message could not be processed and was set aside.');
    expect(failure.advice).toMatch(/^Try it again/);
  });
});

describe('R45 why a message was logged where it is', () => {
  const jill: LoggedContact = {
    ...{ name: 'Jill', addresses: [address('jill@x.example'), address('jill@home.example')] },
    ...{ defaultAccountId: null, accountIds: ['1'], isMade: false },
  };
  const from = (raw: string) => [{ role: 'from', address: address(raw), name: '' } as const];
  const why = (participants: ReturnType<typeof from>, contact = jill) =>
    explainLogged({ participants, contacts: [contact], accounts: [] }, 'was').replace(
      /^[^.]+\. /,
      '',
    );

  test.each([
    ['jill@x.example', 'jill@x.example (sender) is the address of Jill.'],
    ['jill@home.example', 'jill@home.example (sender) is an alternate address of Jill.'],
    ['jill+a@x.example', 'jill+a@x.example (sender) is, without its tag, an address of Jill.'],
    ['gone@x.example', 'Jill no longer has the address by which it was found.'],
  ])('R14, R15 by %s', (written, expected) => {
    expect(why(from(written))).toBe(expected);
  });

  test('R17 the account is the default one, or the one linked last, or was linked by hand', () => {
    const account = (id: string) => ({ id, name: `Account ${id}` });
    const on = (contact: LoggedContact, id: string) =>
      explainLogged({ participants: [], contacts: [contact], accounts: [account(id)] }, 'was');
    expect(on(jill, '1')).toContain('Account 1 is the account linked last to Jill.');
    expect(on({ ...jill, defaultAccountId: '2' }, '2')).toContain('the default account of Jill.');
    expect(on({ ...jill, defaultAccountId: '2' }, '1')).not.toContain('Account 1 is');
  });

  test('of many contacts the first ones are explained', () => {
    const contacts = Array.from({ length: 9 }, () => jill);
    const text = explainLogged({ participants: [], contacts, accounts: [] }, 'was');
    expect(text).toMatch(/found\. And 3 more\.$/);
  });

  test('nobody is left', () => {
    const text = explainLogged({ participants: [], contacts: [], accounts: [] }, 'was');
    expect(text).toBe('The message was logged; its contacts have been deleted since.');
  });
});

describe('R45 the trace of a decision', () => {
  test('rules before the one that spoke passed, those after it were not asked', () => {
    const outcomes = Object.fromEntries(
      traceOf('bulk').map(({ rule, outcome }) => [rule, outcome]),
    );
    expect(outcomes).toMatchObject({
      ...{ draft: 'passed', blacklisted: 'passed', bulk: 'spoke' },
      ...{ auto_reply: 'not_asked', unknown_sender: 'not_asked' },
    });
    expect(traceOf(null).every(({ outcome }) => outcome === 'passed')).toBe(true);
    expect(traceOf('removed_on_server').at(-1)).toEqual({
      ...{ rule: 'removed_on_server', outcome: 'spoke' },
    });
  });

  test('it names the rules in the order of the reasons', () => {
    const asked = traceOf(null).map(({ rule }) => SKIP_REASONS.indexOf(rule));
    expect(asked).toEqual(asked.toSorted((a, b) => a - b));
  });
});
