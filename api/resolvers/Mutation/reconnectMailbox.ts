import { providerOfHost } from '../../../domain/providers.ts';
import type { Mailbox } from '../../../drizzle/mailboxes.ts';
import { credentialScope } from '../../../drizzle/vault.ts';
import type { MailLogin } from '../../context.ts';
import { userError, type UserError } from '../../errors.ts';
import type {
  MutationResolvers,
  ReconnectImapInput,
  ReconnectPop3Input,
} from '../../schema.generated.ts';
import { checkLogin } from '../../validation/mailbox.ts';
import { chosen } from '../../validation/server.ts';
import { reconnect } from '../connecting.ts';
import { findConnected, isUserError, refused } from '../mailbox-commands.ts';

/** R53 with a password. */
export const reconnectMailbox: MutationResolvers['reconnectMailbox'] = async (
  _root,
  { input },
  context,
) => {
  const mailbox = await findConnected(context, input.mailboxId);
  if (isUserError(mailbox)) return refused(mailbox);
  const { allowLocalServers, vault } = context.services;
  const { value, userErrors } = chosen(input);
  if (value === null) return refused(...userErrors);
  if (value.protocol !== mailbox.protocol) return refused(otherProtocol(mailbox));
  const login = checkLogin(merged(mailbox, value.server), allowLocalServers);
  if (login.userErrors.length > 0) return refused(...login.userErrors);
  const { password, protocol: _, ...server } = login.value;
  const envelope = vault.seal(password, credentialScope(mailbox.workspaceId, mailbox.id));
  // Limits and quirks belong to the servers: another host brings its own.
  const provider = providerOfHost(server.host).id;
  const kind = { auth: 'password', provider } as const;
  return reconnect(context, mailbox, { login: login.value, server, envelope, ...kind });
};

function merged(
  { server, protocol }: Mailbox,
  changes: ReconnectImapInput | ReconnectPop3Input,
): MailLogin {
  return {
    protocol,
    host: changes.host ?? server.host,
    port: changes.port ?? server.port,
    security: changes.security ?? server.security,
    username: changes.username ?? server.username,
    password: changes.password,
  };
}

function otherProtocol({ protocol }: Mailbox): UserError {
  const message = `This mailbox is read by ${protocol.toUpperCase()}: give the new login as ${protocol}.`;
  return userError('invalid_settings', message, ['input', protocol]);
}
