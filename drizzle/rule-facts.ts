import type { EmailAddress } from '../domain/address.ts';
import type { ClassificationFacts } from '../domain/classification.ts';
import { isInternal } from '../domain/identity.ts';
import { couldBecomeContacts, type MatchFacts } from '../domain/matching.ts';
import type { Policy } from '../domain/policy.ts';
import { isSharedDomain } from '../domain/shared-domain.ts';
import type { RuleFacts } from '../domain/verdict.ts';
import { archiveFacts } from './archive-facts.ts';
import type { Db } from './database.ts';
import {
  accountsByDomain,
  blacklistFor,
  contactNames,
  contactsByAddress,
  ownIdentity,
} from './facts.ts';
import { dismissedAmong } from './unknown.ts';

/** Whose rules are asked: the workspace, and the policy in force for the mailbox. */
export interface RuleScope {
  readonly workspaceId: string;
  readonly policy: Policy;
}

/** What `classify` asks of the workspace, with one lookup of each kind for all of these addresses. */
export async function classificationFacts(
  db: Db,
  { workspaceId, policy }: RuleScope,
  addresses: readonly EmailAddress[],
): Promise<ClassificationFacts> {
  const own = await ownIdentity(db, workspaceId);
  const internal = addresses.filter((address) => isInternal(address, own));
  return {
    own,
    policy,
    blacklist: await blacklistFor(db, workspaceId, addresses),
    contactNames: await contactNames(db, workspaceId, internal),
  };
}

/** The same for `match`. */
export async function matchFacts(
  db: Db,
  scope: RuleScope,
  addresses: readonly EmailAddress[],
): Promise<MatchFacts> {
  const own = await ownIdentity(db, scope.workspaceId);
  const blacklist = await blacklistFor(db, scope.workspaceId, addresses);
  return moreMatchFacts(db, scope, addresses, { own, blacklist });
}

async function moreMatchFacts(
  db: Db,
  { workspaceId, policy }: RuleScope,
  addresses: readonly EmailAddress[],
  known: Pick<MatchFacts, 'own' | 'blacklist'>,
): Promise<MatchFacts> {
  const found = {
    contactsByAddress: await contactsByAddress(db, workspaceId, addresses),
    accountByDomain: await accountsByDomain(db, workspaceId, addresses),
    unknownCorrespondents: policy.unknownCorrespondents,
  };
  const facts = {
    own: known.own,
    blacklist: known.blacklist,
    dismissed: await dismissedAmong(db, workspaceId, couldBecomeContacts(addresses, found)),
    isSharedDomain,
    ...found,
  };
  if (policy.severalAccounts === 'default_account') return facts;
  return { ...facts, archive: await archiveFacts(db, { workspaceId, ...facts }, addresses) };
}

/** Both, to decide messages in one step (`verdictOn`). */
export async function ruleFacts(
  db: Db,
  scope: RuleScope,
  addresses: readonly EmailAddress[],
): Promise<RuleFacts> {
  const facts = await classificationFacts(db, scope, addresses);
  return { ...facts, ...(await moreMatchFacts(db, scope, addresses, facts)) };
}
