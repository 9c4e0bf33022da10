import { providerById } from '../../../domain/providers.ts';
import { changeSettings } from '../../../drizzle/mailbox-settings.ts';
import type { MutationResolvers } from '../../schema.generated.ts';
import { checkPace } from '../../validation/pace.ts';
import { checkSettings, clearedSettings } from '../../validation/settings.ts';
import { findConnected, isUserError, nudge, refused } from '../mailbox-commands.ts';
import { requireAdminForFiling } from '../require-admin.ts';
import { required } from '../required.ts';

/** R51: stored first, then told: a visit reads the settings that stand when it begins. */
export const updateMailbox: MutationResolvers['updateMailbox'] = async (
  _root,
  { input },
  context,
) => {
  const mailbox = await findConnected(context, input.mailboxId);
  if (isUserError(mailbox)) return refused(mailbox);
  requireAdminForFiling(context.viewer, input.settings);
  const checked = checkSettings(input.settings);
  if (checked.userErrors.length > 0) return refused(...checked.userErrors);
  const tooFast = checkPace(checked.value, providerById(mailbox.provider), mailbox.protocol);
  if (tooFast.length > 0) return refused(...tooFast);
  const change = { set: checked.value, unset: clearedSettings(input.settings) };
  await context.write((db) => changeSettings(db, mailbox.id, change));
  const confirmed = await nudge(context, mailbox);
  const changed = required(await context.loaders.Mailbox.load(mailbox.id));
  return { mailbox: changed, confirmed, userErrors: [] };
};
