import { violates } from '../../drizzle/database.ts';
import {
  insertMailbox,
  isConnected,
  MAILBOX_ADDRESS_TAKEN,
  removeMailbox,
  storeCredentials,
  type AuthKind,
  type Mailbox,
  type MailboxServer,
  type NewMailbox,
} from '../../drizzle/mailboxes.ts';
import type { MailLogin, RequestContext } from '../context.ts';
import { userError } from '../errors.ts';
import { SchedulerUnavailable } from '../scheduling.ts';
import type { MailboxSettingsInput } from '../schema.generated.ts';
import { missingFolders } from '../validation/settings.ts';
import {
  asItNowIs,
  isUserError,
  newCommandId,
  refused,
  scheduling,
  tryLogin,
  type CommandPayload,
} from './mailbox-commands.ts';
import { required } from './required.ts';

export const ALREADY_CONNECTED = userError(
  'already_connected',
  'A mailbox with this address is already connected.',
  ['input', 'address'],
);
const NOT_CONNECTED =
  'The scheduler of the visits does not answer, so the mailbox was not connected. Try again in a minute.';
/** A workflow that starts all the same finds no mailbox, and ends. */
const CONNECT_OUTCOMES = { unreachable: NOT_CONNECTED, noAnswer: NOT_CONNECTED };
const STORED =
  'The new credentials work and are stored, but the scheduler of the visits does not answer. Try again in a minute.';
const RECONNECT_OUTCOMES = { unreachable: STORED, noAnswer: STORED };

/** R50: nothing is stored before the login has worked, and nothing stays when the visits cannot start. */
export async function connect(
  context: RequestContext,
  mailbox: NewMailbox,
  credentials: {
    readonly login: MailLogin;
    readonly envelope: Buffer;
    readonly settings: Pick<MailboxSettingsInput, 'folders'> | null | undefined;
  },
): Promise<CommandPayload> {
  if (await context.read((db) => isConnected(db, mailbox.address))) {
    return refused(ALREADY_CONNECTED);
  }
  const tried = await tryLogin(context, credentials.login);
  if (isUserError(tried)) return refused(tried);
  const missing = missingFolders(credentials.settings, tried.folders);
  if (missing.length > 0) return refused(...missing);
  if (!(await store(context, mailbox, credentials.envelope))) return refused(ALREADY_CONNECTED);
  return scheduling(context, CONNECT_OUTCOMES, async () => {
    await start(context, mailbox);
    const connected = required(await context.loaders.Mailbox.load(mailbox.id));
    return { mailbox: connected, confirmed: true, userErrors: [] };
  });
}

/** R53. Committed before the signal, because the workflow answers it by opening the newest credentials. */
export async function reconnect(
  context: RequestContext,
  mailbox: Mailbox,
  credentials: {
    readonly login: MailLogin;
    readonly server: MailboxServer;
    readonly envelope: Buffer;
    readonly auth: AuthKind;
    readonly provider?: string;
  },
): Promise<CommandPayload> {
  const { login, server, envelope, ...kind } = credentials;
  const tried = await tryLogin(context, login);
  if (isUserError(tried)) return refused(tried);
  const version = await context.write((db) =>
    storeCredentials(db, mailbox, server, envelope, kind),
  );
  return scheduling(context, RECONNECT_OUTCOMES, async () => {
    const { orchestrator } = context.services;
    const changed = { ...mailbox, server, provider: kind.provider ?? mailbox.provider };
    await orchestrator.reconnect(changed, newCommandId(), version);
    return asItNowIs(context, mailbox.id);
  });
}

/** False when somebody else has connected the address in the meantime. */
async function store(
  { write }: RequestContext,
  mailbox: NewMailbox,
  envelope: Buffer,
): Promise<boolean> {
  try {
    await write((db) => insertMailbox(db, mailbox, envelope));
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
