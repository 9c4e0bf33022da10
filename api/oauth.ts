/**
 * The way of a person who lets Mailroom into their mailbox at Google or Microsoft:
 *
 *   startMailboxAuthorization -> /oauth/start (who asks for what; a button) -> provider -> /oauth/callback -> mailbox
 *
 * Whoever comes back carries no bearer token: `state` says who asked. It alone would let an attacker send a login of
 * theirs to a victim, whose consent would put the victim's mail into the attacker's workspace. So the way begins on a
 * page of ours that names who asks, and only its button gives the browser the cookie that the callback wants to see.
 * (The cookie cannot come with the GraphQL answer: frontends may live on another origin.)
 */
import { Router, type Request, type Response } from 'express';
import {
  findOAuthRequest,
  hashState,
  OAUTH_REQUEST_MS,
  takeOAuthRequest,
} from '../drizzle/oauth.ts';
import { authorizationUrl, type OAuthClient } from '../mail/oauth.ts';
import type { Services } from './context.ts';
import { finishAuthorization } from './oauth-callback.ts';
import { sendPage, type Page } from './oauth-page.ts';
import { PROVIDER_NAMES } from './oauth-words.ts';

const STALE: Page = {
  status: 400,
  title: 'This link is not valid any more',
  text: [
    'It works once, for ten minutes, and in the browser in which it was opened first.',
    'Nothing was changed. Start again in Mailroom.',
  ],
};

/** Where a login that has begun goes on in the browser. */
export function startUrl({ publicUrl }: Pick<Services, 'publicUrl'>, state: string): string {
  return `${publicUrl}/oauth/start?state=${encodeURIComponent(state)}`;
}

export function oauthRoutes(services: Services): Router {
  return Router()
    .get('/oauth/start', (request, response) => showStart(services, request, response))
    .post('/oauth/start', (request, response) => leave(services, request, response))
    .get('/oauth/callback', (request, response) => comeBack(services, request, response));
}

async function showStart(services: Services, request: Request, response: Response): Promise<void> {
  const found = await find(services, request);
  if (found === null) {
    sendPage(response, STALE);
    return;
  }
  const { login, state, client } = found;
  const { address, kind } = login.request;
  const provider = PROVIDER_NAMES[login.provider];
  const leadsTo = authorizationUrl(client, { state, verifier: login.verifier, address }).origin;
  sendPage(response, {
    status: 200,
    title: `Let Mailroom read ${address}?`,
    text: [
      `${login.userName}, of the workspace “${login.workspaceName}”, asks to ${kind} this mailbox. Mailroom reads its mail and files what customers write and receive, for everybody in that workspace to see.`,
      `Go on only if you know who asks. ${provider} will ask you to choose the account and to allow it; you can take that back there at any time.`,
    ],
    button: { label: `Continue to ${provider}`, action: startUrl(services, state), leadsTo },
  });
}

/** A form on another site could press the button, too, but not under our origin. */
async function leave(services: Services, request: Request, response: Response): Promise<void> {
  const isOurs = request.headers.origin === new URL(services.publicUrl).origin;
  const found = isOurs ? await find(services, request) : null;
  if (found === null) {
    sendPage(response, STALE);
    return;
  }
  const { login, state, client } = found;
  response.cookie(cookieName(services, state), state, {
    ...{ httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps(services) },
    maxAge: OAUTH_REQUEST_MS,
  });
  response.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  const { verifier } = login;
  const url = authorizationUrl(client, { state, verifier, address: login.request.address });
  response.redirect(303, url.href);
}

/** The cookie is asked for first: a stranger who has the link must not be able to use it up. */
async function comeBack(services: Services, request: Request, response: Response): Promise<void> {
  const query = queryOf(request);
  const state = query.get('state') ?? '';
  const name = cookieName(services, state);
  if (state === '' || cookieOf(request, name) !== state) {
    sendPage(response, STALE);
    return;
  }
  response.clearCookie(name, { path: '/', secure: isHttps(services) });
  const login = await takeOAuthRequest(services.database.db, services.vault, state);
  const client = login === null ? undefined : services.oauth[login.provider];
  if (login === null || client === undefined) {
    sendPage(response, STALE);
    return;
  }
  sendPage(response, await finishAuthorization(services, client, login, query));
}

async function find({ database, vault, oauth }: Services, request: Request) {
  const state = queryOf(request).get('state') ?? '';
  const login = await findOAuthRequest(database.db, vault, state);
  const client: OAuthClient | undefined = login === null ? undefined : oauth[login.provider];
  return login === null || client === undefined ? null : { login, state, client };
}

/** Express's own parser makes objects and lists of what strangers send. */
function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://localhost').searchParams;
}

/** One per login, so that two of them side by side do not disturb each other. */
function cookieName(services: Services, state: string): string {
  const name = `mailroom-oauth-${hashState(state).slice(0, 16)}`;
  return isHttps(services) ? `__Host-${name}` : name;
}

function cookieOf(request: Request, name: string): string | null {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1) ?? null;
}

function isHttps({ publicUrl }: Services): boolean {
  return publicUrl.startsWith('https:');
}
