import type { AuthorizationRequest } from '../../../domain/authorization.ts';
import { isConnected } from '../../../drizzle/mailboxes.ts';
import { addOAuthRequest } from '../../../drizzle/oauth.ts';
import { newOAuthSecret } from '../../../mail/oauth.ts';
import type { RequestContext } from '../../context.ts';
import { userError, type UserError } from '../../errors.ts';
import { profileOf } from '../../oauth-servers.ts';
import { startUrl } from '../../oauth.ts';
import type { MutationResolvers, StartMailboxAuthorizationInput } from '../../schema.generated.ts';
import { checkAddress } from '../../validation/fields.ts';
import { checkPace } from '../../validation/pace.ts';
import { checkSettings } from '../../validation/settings.ts';
import { ALREADY_CONNECTED } from '../connecting.ts';
import { findConnected, isUserError } from '../mailbox-commands.ts';
import { requireAdminForFiling } from '../require-admin.ts';

const NOT_SET_UP = userError(
  'oauth_not_set_up',
  'This server is not registered at the provider. Whoever runs Mailroom can do that; Gmail also takes an app password, by connectMailbox.',
  ['input', 'provider'],
);
const ONE_OF_BOTH = userError(
  'invalid_settings',
  'Give either an address to connect, with settings if wanted, or the mailbox to reconnect.',
  ['input', 'mailboxId'],
);

/** R50, R53 without a password: remembers what is wanted, and says where the person goes to allow it. */
export const startMailboxAuthorization: MutationResolvers['startMailboxAuthorization'] = async (
  _root,
  { input },
  context,
) => {
  const { services, viewer } = context;
  const { provider } = input;
  requireAdminForFiling(viewer, input.settings);
  const wanted = await requestOf(input, context);
  if ('userErrors' in wanted) return refused(...wanted.userErrors);
  if (services.oauth[provider] === undefined) return refused(NOT_SET_UP);
  const [state, verifier] = [newOAuthSecret(), newOAuthSecret()];
  const login = { ...{ provider, request: wanted, verifier }, ...{ viewer, state } };
  await context.write((db) => addOAuthRequest(db, services.vault, login));
  return { authorizationUrl: startUrl(services, state), userErrors: [] };
};

function refused(...userErrors: readonly UserError[]) {
  return { authorizationUrl: null, userErrors };
}

async function requestOf(
  input: StartMailboxAuthorizationInput,
  context: RequestContext,
): Promise<AuthorizationRequest | { readonly userErrors: readonly UserError[] }> {
  const { provider, address, mailboxId, settings } = input;
  if (mailboxId != null) {
    if (address != null || settings != null) return { userErrors: [ONE_OF_BOTH] };
    const mailbox = await findConnected(context, mailboxId);
    if (isUserError(mailbox)) return { userErrors: [mailbox] };
    return { kind: 'reconnect', address: mailbox.address, mailboxId: mailbox.id };
  }
  if (address == null) return { userErrors: [ONE_OF_BOTH] };
  const checked = checkAddress(address, ['input', 'address']);
  const policy = checkSettings(settings);
  const userErrors = [...checked.userErrors, ...policy.userErrors];
  const { value } = checked;
  if (value === null || userErrors.length > 0) return { userErrors };
  const tooFast = checkPace(policy.value, profileOf(provider), 'imap');
  if (tooFast.length > 0) return { userErrors: tooFast };
  if (await context.read((db) => isConnected(db, value)))
    return { userErrors: [ALREADY_CONNECTED] };
  return { kind: 'connect', address: value, policy: policy.value };
}
