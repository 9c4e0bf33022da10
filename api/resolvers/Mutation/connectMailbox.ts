import { randomUUID } from 'node:crypto';
import { providerOfHost } from '../../../domain/providers.ts';
import type { NewMailbox } from '../../../drizzle/mailboxes.ts';
import { credentialScope } from '../../../drizzle/vault.ts';
import type { MailLogin, RequestContext } from '../../context.ts';
import type { UserError } from '../../errors.ts';
import type { ConnectMailboxInput, MutationResolvers } from '../../schema.generated.ts';
import { checkAddress } from '../../validation/fields.ts';
import { checkPace } from '../../validation/pace.ts';
import { checkSettings } from '../../validation/settings.ts';
import { checkServer } from '../../validation/server.ts';
import { connect } from '../connecting.ts';
import { refused } from '../mailbox-commands.ts';
import { requireAdminForFiling } from '../require-admin.ts';

/** R50 with a password. */
export const connectMailbox: MutationResolvers['connectMailbox'] = async (
  _root,
  { input },
  context,
) => {
  requireAdminForFiling(context.viewer, input.settings);
  const checked = checkInput(input, context);
  if ('userErrors' in checked) return refused(...checked.userErrors);
  const { mailbox, login } = checked;
  const scope = credentialScope(mailbox.workspaceId, mailbox.id);
  const envelope = context.services.vault.seal(login.password, scope);
  return connect(context, mailbox, { login, envelope, settings: input.settings });
};

function checkInput(
  input: ConnectMailboxInput,
  { services, viewer }: RequestContext,
): { mailbox: NewMailbox; login: MailLogin } | { userErrors: readonly UserError[] } {
  const address = checkAddress(input.address, ['input', 'address']);
  const login = checkServer(input, services.allowLocalServers);
  const settings = checkSettings(input.settings);
  const userErrors = [address, login, settings].flatMap((checked) => checked.userErrors);
  if (address.value === null || login.value === null || userErrors.length > 0) {
    return { userErrors };
  }
  const { host, port, security, username, protocol = 'imap' } = login.value;
  // Limits belong to the servers, whatever the address.
  const provider = providerOfHost(host);
  const tooFast = checkPace(settings.value, provider, protocol);
  if (tooFast.length > 0) return { userErrors: tooFast };
  const mailbox: NewMailbox = {
    id: randomUUID(),
    workspaceId: viewer.workspaceId,
    userId: viewer.userId,
    address: address.value,
    server: { host, port, security, username },
    provider: provider.id,
    protocol,
    policy: settings.value,
  };
  return { mailbox, login: login.value };
}
