import type { RequestHandler } from 'express';
import { hashToken } from '../drizzle/bootstrap.ts';

/** How many seconds' worth of requests may come at once, after a pause of that length. */
const BURST_SECONDS = 5;
/** About a megabyte; the token that was used longest ago is forgotten first, and begins anew with a full bucket. */
const MAX_BUCKETS = 10_000;

interface Bucket {
  readonly left: number;
  readonly atMs: number;
}

/**
 * Token buckets by key, in the memory of this process. The function takes one request out of a bucket and answers 0,
 * or takes nothing and answers in how many seconds one may be taken.
 */
export function tokenBuckets(
  perSecond: number,
  now: () => number = () => performance.now(),
): (key: string) => number {
  const buckets = new Map<string, Bucket>();
  const size = perSecond * BURST_SECONDS;
  return (key) => {
    const atMs = now();
    const bucket = buckets.get(key) ?? { left: size, atMs };
    const refilled = Math.min(size, bucket.left + ((atMs - bucket.atMs) / 1000) * perSecond);
    const isEmpty = refilled < 1;
    // Behind all others, which leaves the one that was used longest ago in front.
    buckets.delete(key);
    buckets.set(key, { left: isEmpty ? refilled : refilled - 1, atMs });
    if (buckets.size > MAX_BUCKETS) {
      for (const oldest of buckets.keys()) {
        buckets.delete(oldest);
        break;
      }
    }
    return isEmpty ? (1 - refilled) / perSecond : 0;
  };
}

/**
 * Answers 429 (RFC 6585 section 4) to a bearer token that asks too often, before its request is read. Each process
 * counts for itself: behind n of them a token may do n times as much.
 */
export function rateLimit(perSecond: number): RequestHandler {
  const take = tokenBuckets(perSecond);
  return (request, response, next) => {
    const { authorization } = request.headers;
    const waitSeconds = authorization === undefined ? 0 : take(keyOf(authorization));
    if (waitSeconds === 0) {
      next();
      return;
    }
    const seconds = Math.ceil(waitSeconds);
    const message = `More than ${perSecond} requests per second came with this token. Wait for as many seconds as Retry-After says, and ask for several objects in one request.`;
    const extensions = { code: 'RATE_LIMITED', limit: perSecond, retryAfterSeconds: seconds };
    response.setHeader('Retry-After', seconds);
    response.status(429).json({ errors: [{ message, extensions }] });
  };
}

/** No secrets stay in memory. */
function keyOf(authorization: string): string {
  return hashToken(authorization).toString('base64');
}
