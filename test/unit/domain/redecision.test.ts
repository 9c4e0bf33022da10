import { describe, expect, test } from 'vitest';
import { SKIP_REASONS } from '../../../domain/decision.ts';
import {
  added,
  CHANGEABLE,
  headersOfCopy,
  REDECISION_CAUSES,
  scopeOf,
  type Copy,
} from '../../../domain/redecision.ts';
import {
  batchDecided,
  giveUp,
  newProgress,
  nextTurn,
  putOff,
  type RedecisionProgress,
} from '../../../domain/redecision-progress.ts';
import { address, theHeaders } from '../../support/message.ts';

const roles = ({ participants }: ReturnType<typeof theHeaders>) =>
  participants.map(({ role }) => role);

describe('R4 which messages a change can concern', () => {
  test('a person or a domain changes what was unknown, the blacklist what was blacklisted, a person anything', () => {
    const unknown = ['unknown_sender', 'unknown_recipients', 'ambiguous_account', 'no_account'];
    expect(CHANGEABLE).toEqual({
      ...{ contact: unknown, account_domain: unknown, accepted: unknown },
      ...{ blacklist: ['blacklisted'], message: SKIP_REASONS },
    });
    expect(Object.keys(CHANGEABLE).toSorted()).toEqual(REDECISION_CAUSES.toSorted());
  });

  test('only what is new of the addresses or domains', () => {
    expect(added(['a', 'b'], ['b', 'c', 'a', 'd'])).toEqual(['c', 'd']);
    const jill = address('jill@customer.example');
    expect(scopeOf([jill])).toEqual({
      ...{ addresses: [jill], domains: [], subdomains: false, sightingIds: [] },
    });
  });
});

describe('by which headers a copy is decided again: they are stored once per message', () => {
  const bcc = theHeaders({ from: null, to: [], bcc: ['secret@two.example'] }).participants;
  const aCopy: Copy = {
    ...{ folderUse: 'inbox', reason: 'unknown_sender', hasOthers: true, wasSent: true, bcc },
  };
  const stored = theHeaders({ bcc: ['secret@two.example'], fields: { 'List-Id': 'x' } });

  test('the only copy by its own', () => {
    expect(headersOfCopy(stored, { ...aCopy, hasOthers: false })).toBe(stored);
  });

  test('R7 those in Bcc are known to the copy in Sent, and to no other', () => {
    expect(roles(headersOfCopy(stored, aCopy))).toEqual(['from', 'to']);
    const own = theHeaders();
    const sent = headersOfCopy(own, { ...aCopy, folderUse: 'sent' });
    expect(roles(sent)).toEqual(['from', 'to', 'bcc']);
    expect(roles(headersOfCopy(stored, { ...aCopy, folderUse: 'sent' }))).toEqual(roles(sent));
  });

  test('without a copy in Sent, a Bcc stands in the headers of a received one', () => {
    expect(roles(headersOfCopy(stored, { ...aCopy, wasSent: false }))).toEqual(roles(stored));
  });

  test('R6, R9 marks that its own headers did not show are not taken from another copy', () => {
    expect(headersOfCopy(stored, aCopy).fields.size).toBe(0);
    // These were skipped before the rules about lists were asked.
    for (const reason of ['spam', 'blacklisted', 'personal'] as const) {
      expect(headersOfCopy(stored, { ...aCopy, reason }).fields.size).toBe(1);
    }
  });
});

describe('R41 mailboxes take turns until nothing is left', () => {
  const patience = { firstWaitMs: 100, longestWaitMs: 1_000, patienceMs: 5_000 };
  const turnOf = (progress: RedecisionProgress) => {
    const turn = nextTurn(progress);
    if (turn === null) throw new Error('nothing is left');
    return turn;
  };
  const wait = (progress: RedecisionProgress, now: number, hintMs: number | null = null) =>
    putOff(progress, turnOf(progress), { now, hintMs }, patience);

  test('batch after batch, counting no more than there are', () => {
    let progress = newProgress(3, ['a', 'b']);
    expect(turnOf(progress)).toMatchObject({ mailboxId: 'a', after: null });
    progress = batchDecided(progress, 'a', { after: 's1', decided: 2, logged: 1 });
    expect(turnOf(progress)).toMatchObject({ mailboxId: 'a', after: 's1' });
    progress = batchDecided(progress, 'a', { after: null, decided: 2, logged: 0 });
    expect(progress).toMatchObject({ done: 3, logged: 1, givenUp: 0 });
    progress = batchDecided(progress, 'b', { after: null, decided: 0, logged: 0 });
    expect(nextTurn(progress)).toBeNull();
  });

  test('one that cannot be read lets the others go first, waits longer each time, and at least what is asked for', () => {
    let progress = wait(newProgress(2, ['a', 'b']), 1_000);
    expect(turnOf(progress).mailboxId).toBe('b');
    progress = batchDecided(progress, 'b', { after: null, decided: 1, logged: 0 });
    const waits = [turnOf(progress).notBefore - 1_000];
    for (let n = 0; n < 4; n += 1) {
      progress = wait(progress, 1_000);
      waits.push(turnOf(progress).notBefore - 1_000);
    }
    expect(waits).toEqual([100, 200, 400, 800, 1_000]);
    expect(turnOf(wait(progress, 1_000, 3_000)).notBefore).toBe(4_000);
    // A batch that succeeds begins the waits anew.
    progress = batchDecided(progress, 'a', { after: 's', decided: 1, logged: 0 });
    expect(turnOf(progress)).toMatchObject({ notBefore: 0, waits: 0, waitingSince: null });
  });

  test('it is given up when that takes too long, or when it is disconnected', () => {
    let progress = wait(newProgress(2, ['a']), 1_000);
    progress = wait(progress, 5_999);
    expect(progress.givenUp).toBe(0);
    progress = wait(progress, 6_000);
    expect([nextTurn(progress), progress.givenUp]).toEqual([null, 1]);
    expect(giveUp(newProgress(1, ['a']), 'a')).toMatchObject({ turns: [], givenUp: 1 });
  });
});
