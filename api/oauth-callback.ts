import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { OAuthProvider, OAuthTokens } from '../domain/authorization.ts';
import { sealTokens } from '../drizzle/credentials.ts';
import type { Mailbox } from '../drizzle/mailboxes.ts';
import type { OpenAuthorization } from '../drizzle/oauth.ts';
import { MailError } from '../mail/errors.ts';
import { exchangeCode, mayOpen, type Grant, type OAuthClient } from '../mail/oauth.ts';
import { createRequestContext, type RequestContext, type Services } from './context.ts';
import { userError, type UserError } from './errors.ts';
import { toGlobalId } from './ids.ts';
import type { Page } from './oauth-page.ts';
import { oauthServerOf, profileOf } from './oauth-servers.ts';
import {
  connectedPage,
  declinedPage,
  noTokensPage,
  refusedPage,
  wrongAccountPage,
} from './oauth-words.ts';
import { connect, reconnect } from './resolvers/connecting.ts';
import {
  findConnected,
  isUserError,
  refused,
  type CommandPayload,
} from './resolvers/mailbox-commands.ts';

/** A person is back from the provider: trades the code, tries the mailbox, stores it. What it returns is for them to read. */
export async function finishAuthorization(
  services: Services,
  client: OAuthClient,
  login: OpenAuthorization,
  answer: URLSearchParams,
): Promise<Page> {
  const { provider, request } = login;
  const code = answer.get('code');
  if (code === null) return declinedPage(provider, answer.get('error') ?? '');
  const grant = await trade(services, client, { code, verifier: login.verifier });
  if (grant === null) return noTokensPage(provider);
  const { account } = grant;
  const isOther = account !== null && account !== request.address;
  if (isOther && !mayOpen(client, grant, request.address)) {
    return wrongAccountPage(request.address, account);
  }
  const context = createRequestContext(services, login.viewer);
  const { mailbox, userErrors } = await store(context, login, grant.tokens);
  if (mailbox !== null) return connectedPage(request.address, request.kind);
  const isRefused = userErrors.some(({ code: why }) => why === 'authentication_failed');
  return isOther && isRefused
    ? wrongAccountPage(request.address, account)
    : refusedPage(provider, userErrors);
}

/** Null when there are no tokens; why is for operators: mostly the registration at the provider. */
async function trade(
  { log }: Services,
  client: OAuthClient,
  proof: { readonly code: string; readonly verifier: string },
): Promise<Grant | null> {
  try {
    return await exchangeCode(client, proof);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const { kind, responseCode } = error;
    log.warn({ provider: client.provider, kind, responseCode }, 'no tokens for a code');
    return null;
  }
}

/** Acts for the person who began, with the rights that they have now. */
async function store(
  context: RequestContext,
  { provider, request }: OpenAuthorization,
  tokens: OAuthTokens,
): Promise<CommandPayload> {
  if (request.kind === 'reconnect') {
    return reconnectWith(context, { provider, mailboxId: request.mailboxId, tokens });
  }
  const { address, policy } = request;
  const { workspaceId, userId } = context.viewer;
  const id = randomUUID();
  const server = oauthServerOf(provider, address, 'imap');
  return connect(
    context,
    {
      ...{ id, workspaceId, userId, address, server, policy },
      ...{ provider: profileOf(provider).id, auth: provider },
    },
    {
      login: { ...server, password: '', accessToken: tokens.accessToken },
      envelope: sealTokens(context.services.vault, { workspaceId, mailboxId: id }, tokens),
      settings: policy,
    },
  );
}

async function reconnectWith(
  context: RequestContext,
  { provider, mailboxId, tokens }: GrantedMailbox,
): Promise<CommandPayload> {
  const mailbox = await connectedStill(context, mailboxId);
  if (isUserError(mailbox)) return refused(mailbox);
  const { workspaceId, address, protocol } = mailbox;
  const profile = profileOf(provider);
  // It may have come from another provider. How it is read stays, as its checkpoint is made of that.
  const server =
    mailbox.provider === profile.id
      ? { ...mailbox.server, username: address }
      : oauthServerOf(provider, address, protocol);
  return reconnect(context, mailbox, {
    login: { ...server, protocol, password: '', accessToken: tokens.accessToken },
    ...{ server, auth: provider, provider: profile.id },
    envelope: sealTokens(context.services.vault, { workspaceId, mailboxId }, tokens),
  });
}

interface GrantedMailbox {
  readonly provider: OAuthProvider;
  readonly mailboxId: string;
  readonly tokens: OAuthTokens;
}

/** The rights of the person may have changed while they were away. */
async function connectedStill(
  context: RequestContext,
  mailboxId: string,
): Promise<Mailbox | UserError> {
  try {
    return await findConnected(context, toGlobalId('Mailbox', mailboxId));
  } catch (error) {
    if (error instanceof GraphQLError) return userError('not_found', error.message, null);
    throw error;
  }
}
