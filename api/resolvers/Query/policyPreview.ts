import { proposedChoices } from '../../../domain/policy-preview.ts';
import { effectivePolicy } from '../../../domain/presets.ts';
import { connectedMailboxes } from '../../../drizzle/mailboxes.ts';
import type { WorkspaceChange } from '../../../drizzle/workspaces.ts';
import type { RequestContext } from '../../context.ts';
import { userError, type UserError } from '../../errors.ts';
import { previewPolicy, type ProposedMailbox } from '../../policy-preview.ts';
import type { QueryResolvers } from '../../schema.generated.ts';
import { checkWorkspace } from '../../validation/workspace.ts';
import { findConnected, isUserError } from '../mailbox-commands.ts';
import { requireAdmin } from '../require-admin.ts';
import { required } from '../required.ts';

const FOR_ALL = userError(
  'invalid_settings',
  'Preset and internal domains belong to the workspace: leave them out, or leave out the mailbox.',
  ['input', 'mailboxId'],
);

/** What `updateWorkspace`, or `updateMailbox`, would have meant. */
export const policyPreview: QueryResolvers['policyPreview'] = async (_root, { input }, context) => {
  requireAdmin(context.viewer);
  const { value, userErrors } = checkWorkspace(input);
  if (userErrors.length > 0) return refused(userErrors);
  const mailboxes = await (input.mailboxId == null
    ? allMailboxes(context, value)
    : oneMailbox(context, value, input.mailboxId));
  if ('code' in mailboxes) return refused([mailboxes]);
  const { internalDomains } = value;
  return {
    policyPreview: await previewPolicy(context, { mailboxes, internalDomains }),
    userErrors: [],
  };
};

function refused(userErrors: readonly UserError[]) {
  return { policyPreview: null, userErrors };
}

async function allMailboxes(
  { read, loaders, viewer }: RequestContext,
  change: WorkspaceChange,
): Promise<readonly ProposedMailbox[]> {
  const workspace = required(await loaders.Workspace.load(viewer.workspaceId));
  const { preset = workspace.preset } = change;
  const kept = preset === workspace.preset ? workspace.choices : {};
  const choices = proposedChoices(kept, change.settings);
  return (await read(connectedMailboxes)).map((mailbox) => ({
    ...{ id: mailbox.id, before: mailbox.policy },
    after: effectivePolicy(preset, choices, mailbox.choices),
  }));
}

async function oneMailbox(
  context: RequestContext,
  { preset, internalDomains, settings }: WorkspaceChange,
  globalId: string,
): Promise<readonly ProposedMailbox[] | UserError> {
  if (preset !== undefined || internalDomains !== undefined) return FOR_ALL;
  const mailbox = await findConnected(context, globalId);
  if (isUserError(mailbox)) return mailbox;
  const workspace = required(await context.loaders.Workspace.load(mailbox.workspaceId));
  const choices = proposedChoices(mailbox.choices, settings);
  return [
    {
      ...{ id: mailbox.id, before: mailbox.policy },
      after: effectivePolicy(workspace.preset, workspace.choices, choices),
    },
  ];
}
