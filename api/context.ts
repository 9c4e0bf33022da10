import type { Request } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { hashToken } from '../drizzle/bootstrap.ts';
import { openDatabase, STATEMENT_TIMEOUT_MS, type Database } from '../drizzle/database.ts';
import { createVault, type Vault } from '../drizzle/vault.ts';
import { findViewer, type Viewer } from '../drizzle/viewers.ts';
import type { OAuthClients } from '../mail/oauth.ts';
import type { EmailAddress } from '../domain/address.ts';
import { discoverSettings, type DiscoveredSettings } from '../mail/discover.ts';
import { testServer } from '../mail/probe.ts';
import { unauthenticated } from './errors.ts';
import { createLoaders, type InWorkspace, type Loaders } from './loaders.ts';
import type { Within } from './limits-time.ts';
import { createLogger } from '../log.ts';
import { openOrchestrator } from './orchestrator.ts';
import type { Orchestrator } from './scheduling.ts';

/** A mail server with a login, as the probe takes it. */
export type MailLogin = Parameters<typeof testServer>[0];

/** Everything that lives as long as the process. */
export interface Services {
  readonly database: Database;
  readonly orchestrator: Orchestrator;
  readonly vault: Vault;
  readonly log: Logger;
  readonly allowLocalServers: boolean;
  /** As browsers reach this API; without a slash at its end. */
  readonly publicUrl: string;
  readonly oauth: OAuthClients;
  /** Where mail of an address can probably be read; null when nothing was found. */
  readonly discover: (address: EmailAddress) => Promise<DiscoveredSettings | null>;
  /** Logs in and looks what is there; throws MailError. */
  readonly testLogin: (login: MailLogin) => ReturnType<typeof testServer>;
}

/** What a resolver sees: who asks, and the ways to read and write as that workspace. */
export interface RequestContext {
  readonly viewer: Viewer;
  readonly services: Services;
  readonly loaders: Loaders;
  readonly read: InWorkspace;
  /** One transaction. What the loaders knew before it is forgotten after it. */
  readonly write: InWorkspace;
}

/** Builds everything once; disposed in reverse order. */
export function createServices(config: Config): Services & AsyncDisposable {
  const stack = new AsyncDisposableStack();
  const { url, maxConnections } = config.database;
  const database = stack.use(openDatabase(url.reveal(), { maxConnections }));
  const orchestrator = stack.use(openOrchestrator(config.temporal));
  const { allowLocalServers } = config.mail;
  return {
    database,
    orchestrator,
    vault: createVault(Buffer.from(config.encryptionKey.reveal(), 'base64')),
    log: createLogger(config.logLevel, 'api'),
    allowLocalServers,
    ...{ publicUrl: config.publicUrl, oauth: config.oauth },
    discover: (address) => discoverSettings(address, { allowLocal: allowLocalServers }),
    testLogin: (login) => testServer(login, { allowLocal: allowLocalServers }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Downloads and logins take the time that they need; only their statements do not. */
const unhurried: Within = (work) => work(STATEMENT_TIMEOUT_MS);

/** Who sends this request. Throws UNAUTHENTICATED without a token that belongs to a user. */
export async function authenticate(
  services: Services,
  request: Request,
  within: Within = unhurried,
): Promise<RequestContext> {
  const token = /^Bearer ([^\s]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw unauthenticated();
  const viewer = await within(() => findViewer(services.database.db, hashToken(token)));
  if (viewer === null) throw unauthenticated();
  return createRequestContext(services, viewer, within);
}

/** For a viewer who is known: by a token, or by a login with a provider that they began. */
export function createRequestContext(
  services: Services,
  viewer: Viewer,
  within: Within = unhurried,
): RequestContext {
  const read: InWorkspace = (work) =>
    within((leftMs) => services.database.inWorkspace(viewer.workspaceId, work, leftMs));
  const loaders = createLoaders(read);
  return {
    viewer,
    services,
    loaders,
    read,
    write: async (work) => {
      try {
        return await read(work);
      } finally {
        for (const loader of Object.values(loaders)) loader.clearAll();
      }
    },
  };
}
