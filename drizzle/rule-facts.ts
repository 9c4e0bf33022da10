import type { EmailAddress } from '../domain/address.ts';
import type { ClassificationFacts } from '../domain/classification.ts';
import { isInternal } from '../domain/identity.ts';
import type { MatchFacts } from '../domain/matching.ts';
import type { Policy } from '../domain/policy.ts';
import { isSharedDomain } from '../domain/shared-domain.ts';
import type { RuleFacts } from '../domain/verdict.ts';
import type { Db } from './database.ts';
import {
  accountsByDomain,
  blacklistFor,
  contactNames,
  contactsByAddress,
  ownIdentity,
} from './facts.ts';

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
  { workspaceId, policy }: RuleScope,
  addresses: readonly EmailAddress[],
): Promise<MatchFacts> {
  return {
    own: await ownIdentity(db, workspaceId),
    blacklist: await blacklistFor(db, workspaceId, addresses),
    contactsByAddress: await contactsByAddress(db, workspaceId, addresses),
    accountByDomain: await accountsByDomain(db, workspaceId, addresses),
    isSharedDomain,
    unknownCorrespondents: policy.unknownCorrespondents,
  };
}

/** Both, to decide messages in one step (`verdictOn`). */
export async function ruleFacts(
  db: Db,
  scope: RuleScope,
  addresses: readonly EmailAddress[],
): Promise<RuleFacts> {
  return {
    ...(await classificationFacts(db, scope, addresses)),
    ...(await matchFacts(db, scope, addresses)),
  };
}
