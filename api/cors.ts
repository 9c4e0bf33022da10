import type { RequestHandler } from 'express';

/** What scripts may send; the last two satisfy the prevention of cross-site requests on GET. */
const REQUEST_HEADERS = [
  ...['Authorization', 'Content-Type'],
  ...['Apollo-Require-Preflight', 'X-Apollo-Operation-Name'],
].join(', ');
const RESPONSE_HEADERS = 'Retry-After, X-Request-Id, Content-Disposition';
const PREFLIGHT_SECONDS = '7200';

/**
 * Lets scripts of these origins, and of no others, read our answers (Fetch standard, "CORS protocol"). Tokens travel
 * in a header that scripts set themselves, so cookies are never allowed.
 */
export function cors(allowedOrigins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    // Caches must not give the answer for one origin to another.
    if (allowedOrigins.length > 0) response.vary('Origin');
    if (origin === undefined || !allowedOrigins.includes(origin)) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', RESPONSE_HEADERS);
    const isPreflight =
      request.method === 'OPTIONS' && 'access-control-request-method' in request.headers;
    if (!isPreflight) {
      next();
      return;
    }
    response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST');
    response.setHeader('Access-Control-Allow-Headers', REQUEST_HEADERS);
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    response.status(204).end();
  };
}
