import { eq, inArray, sql } from 'drizzle-orm';
import type { Domain } from '../domain/address.ts';
import type { Policy, Preset } from '../domain/policy.ts';
import { effectivePolicy } from '../domain/presets.ts';
import type { Db } from './database.ts';
import { changedChoices, type SettingsChange } from './mailbox-settings.ts';
import { listFrom } from './pages.ts';
import { accountDomains, accounts, internalDomains, workspaces } from './schema/index.ts';

/** One customer of the system, with what its admins decide for all of its mailboxes. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly preset: Preset;
  /** Where it differs from its preset. */
  readonly choices: Partial<Policy>;
  /** In force for mailboxes that choose nothing. */
  readonly policy: Policy;
  /** R11, by name. */
  readonly internalDomains: readonly Domain[];
}

/** What stays out of a change stays as it is. */
export interface WorkspaceChange {
  readonly name?: string;
  readonly preset?: Preset;
  readonly settings: SettingsChange;
  readonly internalDomains?: readonly Domain[];
}

export async function findWorkspaces(
  db: Db,
  ids: readonly string[],
): Promise<readonly Workspace[]> {
  const rows = await db
    .select({
      ...{ id: workspaces.id, name: workspaces.name },
      ...{ preset: workspaces.preset, choices: workspaces.policy },
      internalDomains: listFrom<Domain>(sql`
        select domain from internal_domains where workspace_id = workspaces.id order by domain`),
    })
    .from(workspaces)
    .where(inArray(workspaces.id, [...ids]));
  return rows.map((row) => ({ ...row, policy: effectivePolicy(row.preset, row.choices) }));
}

/** Of these domains, those that are customers', each with the name of the account. */
export async function customersAt(
  db: Db,
  domains: readonly Domain[],
): Promise<ReadonlyMap<string, string>> {
  if (domains.length === 0) return new Map();
  const rows = await db
    .select({ domain: accountDomains.domain, name: accounts.name })
    .from(accountDomains)
    .innerJoin(accounts, eq(accounts.id, accountDomains.accountId))
    .where(inArray(accountDomains.domain, [...domains]));
  return new Map(rows.map(({ domain, name }) => [domain, name]));
}

/** Another preset sets all policies at once: earlier choices go, those of this change stand on top of it. */
export async function changeWorkspace(
  db: Db,
  workspaceId: string,
  { name, preset, settings, internalDomains: domains }: WorkspaceChange,
): Promise<void> {
  const { policy } = workspaces;
  const kept =
    preset === undefined
      ? policy
      : sql`case when ${workspaces.preset} = ${preset} then ${policy} else '{}'::jsonb end`;
  await db
    .update(workspaces)
    .set({
      ...(name === undefined ? {} : { name }),
      ...(preset === undefined ? {} : { preset }),
      policy: changedChoices(sql`(${kept})`, settings),
    })
    .where(eq(workspaces.id, workspaceId));
  if (domains !== undefined) await replaceInternalDomains(db, workspaceId, domains);
}

/** The row of the workspace is locked by now, so that of two people who do it one is first. */
async function replaceInternalDomains(
  db: Db,
  workspaceId: string,
  domains: readonly Domain[],
): Promise<void> {
  await db.delete(internalDomains).where(eq(internalDomains.workspaceId, workspaceId));
  if (domains.length === 0) return;
  await db.insert(internalDomains).values(domains.map((domain) => ({ workspaceId, domain })));
}
