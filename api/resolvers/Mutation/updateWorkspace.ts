import { isDeepStrictEqual } from 'node:util';
import { READING_POLICIES } from '../../../domain/policy.ts';
import type { Db } from '../../../drizzle/database.ts';
import { connectedMailboxes, type Mailbox } from '../../../drizzle/mailboxes.ts';
import { changeWorkspace, customersAt, type WorkspaceChange } from '../../../drizzle/workspaces.ts';
import { userError, type UserError } from '../../errors.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkWorkspace } from '../../validation/workspace.ts';
import { nudgeAll } from '../mailbox-commands.ts';
import { requireAdmin } from '../require-admin.ts';
import { required } from '../required.ts';

/** R11 and the policies: stored first, then told to the mailboxes that are read differently from now on. */
export const updateWorkspace: MutationResolvers['updateWorkspace'] = async (
  _root,
  { input },
  context,
) => {
  requireAdmin(context.viewer);
  const { workspaceId } = context.viewer;
  const change = checkWorkspace(input);
  if (change.userErrors.length > 0) return refused(change.userErrors);
  const stored = await context.write((db) => store(db, workspaceId, change.value));
  if ('userErrors' in stored) return refused(stored.userErrors);
  const confirmed = await nudgeAll(context, stored.toVisit);
  const workspace = required(await context.loaders.Workspace.load(workspaceId));
  return { workspace, confirmed, userErrors: [] };
};

function refused(userErrors: readonly UserError[]) {
  return { workspace: null, confirmed: false, userErrors };
}

/** Of the mailboxes, those that the change concerns before their next visit. */
async function store(
  db: Db,
  workspaceId: string,
  change: WorkspaceChange,
): Promise<
  { readonly toVisit: readonly Mailbox[] } | { readonly userErrors: readonly UserError[] }
> {
  const userErrors = await customerDomains(db, change);
  if (userErrors.length > 0) return { userErrors };
  const before = new Map((await connectedMailboxes(db)).map((mailbox) => [mailbox.id, mailbox]));
  await changeWorkspace(db, workspaceId, change);
  const after = await connectedMailboxes(db);
  return { toVisit: after.filter((mailbox) => isReadAnew(before.get(mailbox.id), mailbox)) };
}

/** R11, R30: the domain of a customer cannot be ours as well, or all of the customer's mail would be internal. */
async function customerDomains(
  db: Db,
  { internalDomains = [] }: WorkspaceChange,
): Promise<readonly UserError[]> {
  const customers = await customersAt(db, internalDomains);
  return internalDomains.flatMap((domain, index) => {
    const name = customers.get(domain);
    if (name === undefined) return [];
    const message = `${domain} belongs to the account ${name}: as an internal domain it would keep that account's mail out. Take it off the account first.`;
    return [userError('domain_taken', message, ['input', 'internalDomains', String(index)])];
  });
}

function isReadAnew(before: Mailbox | undefined, { policy }: Mailbox): boolean {
  return READING_POLICIES.some((name) => !isDeepStrictEqual(before?.policy[name], policy[name]));
}
