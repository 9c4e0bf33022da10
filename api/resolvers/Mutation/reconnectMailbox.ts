import { storeCredentials, type Mailbox } from '../../../drizzle/mailboxes.ts';
import { credentialScope } from '../../../drizzle/vault.ts';
import type { MailLogin } from '../../context.ts';
import type { MutationResolvers, ReconnectImapInput } from '../../schema.generated.ts';
import { checkLogin } from '../../validation/mailbox.ts';
import {
  asItNowIs,
  findConnected,
  isUserError,
  newCommandId,
  refused,
  scheduling,
  tryLogin,
} from '../mailbox-commands.ts';

const STORED =
  'The new credentials work and are stored, but the scheduler of the visits does not answer. Try again in a minute.';
const OUTCOMES = { unreachable: STORED, noAnswer: STORED };

/** R53. Committed before the signal, because the workflow answers it by opening the newest credentials. */
export const reconnectMailbox: MutationResolvers['reconnectMailbox'] = async (
  _root,
  { input },
  context,
) => {
  const mailbox = await findConnected(context, input.mailboxId);
  if (isUserError(mailbox)) return refused(mailbox);
  const { services } = context;
  const login = checkLogin(merged(mailbox, input.imap), services.allowLocalServers);
  if (login.userErrors.length > 0) return refused(...login.userErrors);
  const tried = await tryLogin(context, login.value);
  if (isUserError(tried)) return refused(tried);
  const { password, ...server } = login.value;
  const envelope = services.vault.seal(password, credentialScope(mailbox.workspaceId, mailbox.id));
  const version = await context.write((db) => storeCredentials(db, mailbox, server, envelope));
  return scheduling(context, OUTCOMES, async () => {
    await services.orchestrator.reconnect({ ...mailbox, server }, newCommandId(), version);
    return asItNowIs(context, mailbox.id);
  });
};

function merged({ server }: Mailbox, imap: ReconnectImapInput): MailLogin {
  return {
    host: imap.host ?? server.host,
    port: imap.port ?? server.port,
    security: imap.security ?? server.security,
    username: imap.username ?? server.username,
    password: imap.password,
  };
}
