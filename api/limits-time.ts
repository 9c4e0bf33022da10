import { GraphQLError } from 'graphql';

/** Runs `work` with the milliseconds that the request has left. Throws REQUEST_TIMEOUT when they are over. */
export type Within = <T>(work: (leftMs: number) => Promise<T>) => Promise<T>;

/**
 * The time of one request, from now on. Whoever asked gets an answer when it is over; what was begun must end by
 * itself, which is why it learns how long it has.
 */
export function deadlineIn(limitMs: number): Within {
  const endsAt = performance.now() + limitMs;
  return async (work) => {
    const leftMs = Math.ceil(endsAt - performance.now());
    if (leftMs <= 0) throw tooLate(limitMs);
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(tooLate(limitMs)), leftMs);
    try {
      return await Promise.race([work(leftMs), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

function tooLate(limitMs: number): GraphQLError {
  const message = `The request took longer than ${limitMs / 1000} seconds. Ask for smaller pages, fewer lists within lists, or a narrower filter. What a mutation had begun may still take effect.`;
  return new GraphQLError(message, { extensions: { code: 'REQUEST_TIMEOUT', limit: limitMs } });
}
