import { randomUUID } from 'node:crypto';
import { violates } from '../../../drizzle/database.ts';
import {
  insertMailbox,
  isConnected,
  MAILBOX_ADDRESS_TAKEN,
  removeMailbox,
  type NewMailbox,
} from '../../../drizzle/mailboxes.ts';
import { credentialScope } from '../../../drizzle/vault.ts';
import type { MailLogin, RequestContext } from '../../context.ts';
import { userError, type UserError } from '../../errors.ts';
import { SchedulerUnavailable } from '../../scheduling.ts';
import { providerOf } from '../../provider.ts';
import type { ConnectMailboxInput, MutationResolvers } from '../../schema.generated.ts';
import { checkAddress } from '../../validation/fields.ts';
import { checkLogin, checkSettings, missingFolders } from '../../validation/mailbox.ts';
import { isUserError, refused, scheduling, tryLogin } from '../mailbox-commands.ts';
import { required } from '../required.ts';

const ALREADY_CONNECTED = userError(
  'already_connected',
  'A mailbox with this address is already connected.',
  ['input', 'address'],
);
const NOT_CONNECTED =
  'The scheduler of the visits does not answer, so the mailbox was not connected. Try again in a minute.';
/** A workflow that starts all the same finds no mailbox, and ends. */
const OUTCOMES = { unreachable: NOT_CONNECTED, noAnswer: NOT_CONNECTED };

/** R50: nothing is stored before the login has worked, and nothing stays when the visits cannot start. */
export const connectMailbox: MutationResolvers['connectMailbox'] = async (
  _root,
  { input },
  context,
) => {
  const checked = checkInput(input, context);
  if ('userErrors' in checked) return refused(...checked.userErrors);
  const { mailbox, login } = checked;
  if (await context.read((db) => isConnected(db, mailbox.address))) {
    return refused(ALREADY_CONNECTED);
  }
  const tried = await tryLogin(context, login);
  if (isUserError(tried)) return refused(tried);
  const missing = missingFolders(input.settings, tried.folders);
  if (missing.length > 0) return refused(...missing);
  if (!(await store(context, mailbox, login.password))) return refused(ALREADY_CONNECTED);
  return scheduling(context, OUTCOMES, async () => {
    await start(context, mailbox);
    const connected = required(await context.loaders.Mailbox.load(mailbox.id));
    return { mailbox: connected, confirmed: true, userErrors: [] };
  });
};

function checkInput(
  input: ConnectMailboxInput,
  { services, viewer }: RequestContext,
): { mailbox: NewMailbox; login: MailLogin } | { userErrors: readonly UserError[] } {
  const address = checkAddress(input.address, ['input', 'address']);
  const login = checkLogin(input.imap, services.allowLocalServers);
  const settings = checkSettings(input.settings);
  const userErrors = [address, login, settings].flatMap((checked) => checked.userErrors);
  if (address.value === null || userErrors.length > 0) return { userErrors };
  const { host, port, security, username } = login.value;
  const mailbox: NewMailbox = {
    id: randomUUID(),
    workspaceId: viewer.workspaceId,
    userId: viewer.userId,
    address: address.value,
    server: { host, port, security, username },
    provider: providerOf(host),
    policy: settings.value,
  };
  return { mailbox, login: login.value };
}

/** False when somebody else has connected the address in the meantime. */
async function store(
  { services, write }: RequestContext,
  mailbox: NewMailbox,
  password: string,
): Promise<boolean> {
  const scope = credentialScope(mailbox.workspaceId, mailbox.id);
  try {
    await write((db) => insertMailbox(db, mailbox, services.vault.seal(password, scope)));
    return true;
  } catch (error) {
    if (violates(error, MAILBOX_ADDRESS_TAKEN)) return false;
    throw error;
  }
}

/** After the commit, because the workflow begins with looking for the row. */
async function start({ services, write }: RequestContext, mailbox: NewMailbox): Promise<void> {
  try {
    await services.orchestrator.start(mailbox);
  } catch (error) {
    if (error instanceof SchedulerUnavailable) await write((db) => removeMailbox(db, mailbox.id));
    throw error;
  }
}
