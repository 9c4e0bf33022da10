import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { parseDomain } from '../domain/address.ts';
import { resolveMailHost, type GuardOptions } from './host-guard.ts';

/** The text behind an https address; null when there is none, or none that we take. Never throws. */
export type FetchDocument = (url: URL, signal: AbortSignal) => Promise<string | null>;

export interface FetchOptions extends Omit<GuardOptions, 'purpose'> {
  /** Trusts only this certificate authority (PEM) instead of the system's. */
  readonly tlsCa?: string;
}

const MAX_OCTETS = 256 * 1024;
const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 4000;
const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches documents from hosts that users name: https only, each hop through the host guard, connected to the address
 * that was checked and not to the name (DNS rebinding), with caps on size, time and redirects.
 */
export function createFetchDocument(options: FetchOptions): FetchDocument {
  return async (url, signal) => {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      return await follow(url, options, bounded);
    } catch {
      return null;
    }
  };
}

async function follow(
  start: URL,
  options: FetchOptions,
  signal: AbortSignal,
): Promise<string | null> {
  let url = start;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await get(url, options, signal);
    try {
      if (response.statusCode === 200) return await read(response);
      const { location } = response.headers;
      if (!REDIRECTS.has(response.statusCode) || location === undefined) return null;
      url = new URL(location, url);
    } finally {
      response.destroy();
    }
  }
  return null;
}

async function get(url: URL, options: FetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  const { protocol, hostname } = url;
  if (protocol !== 'https:' || url.username !== '' || parseDomain(hostname) === null) {
    throw new Error('this is no address that documents are fetched from');
  }
  const port = url.port === '' ? 443 : Number(url.port);
  const { address } = await resolveMailHost(hostname, port, { ...options, purpose: 'https' });
  return new Promise((resolve, reject) => {
    const sent = request({
      ...{ host: address, port, servername: hostname, agent: false, signal },
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, accept: 'text/xml, application/xml', 'user-agent': 'Mailroom' },
      minVersion: 'TLSv1.2',
      ...(options.tlsCa === undefined ? {} : { ca: options.tlsCa }),
    });
    sent.on('response', resolve).on('error', reject).end();
  });
}

async function read(response: IncomingMessage): Promise<string | null> {
  if (response.headers['content-encoding'] !== undefined) return null;
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    octets += chunk.length;
    if (octets > MAX_OCTETS) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
