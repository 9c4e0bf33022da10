import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { describeError } from '../log.ts';

/** PostgreSQL refuses U+0000 in text (SQLSTATE 22021) and in JSON (22P05): a fault of the client. */
const NUL_IN_TEXT = ['22021', '22P05'];

/** Makes the function that decides what of an error a client sees: its own faults, and of ours only an id. */
export function createMask(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    if (isClientFault(formatted)) {
      return { ...formatted, message: withoutValues(formatted.message) };
    }
    if (hasCode(cause, NUL_IN_TEXT)) {
      return {
        ...place(formatted),
        message: 'Text must not contain the character U+0000.',
        extensions: { code: 'BAD_USER_INPUT' },
      };
    }
    const id = randomUUID();
    log.error({ id, path: formatted.path, error: describeError(cause) }, 'unexpected error');
    return {
      ...place(formatted),
      message: `Internal error. The log has it under ${id}.`,
      extensions: { code: 'INTERNAL_SERVER_ERROR', id },
    };
  };
}

/** Everything that carries another code was made with one on purpose, by Apollo or by errors.ts. */
function isClientFault({ extensions }: GraphQLFormattedError): boolean {
  const code = extensions?.['code'];
  return code !== undefined && code !== 'INTERNAL_SERVER_ERROR';
}

/** Of the original error only where in the query it happened. */
function place({ path, locations }: GraphQLFormattedError): Partial<GraphQLFormattedError> {
  return {
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined ? {} : { locations }),
  };
}

/** How graphql-js 16 begins to say what is wrong with a variable, as far as it does not quote the value. */
const REASON =
  /; (Field "\w+" (?:of required type "[^"]+" was not provided|is not defined by type "\w+")|Expected (?:non-nullable )?type "[^"]+"[^.;]*|\w+ cannot represent [^:]*|Enum "\w+" cannot represent [^:]*)/;

/**
 * graphql-js quotes the whole variable that does not fit, passwords included, and frontends log what they get:
 * only where and why is left.
 */
export function withoutValues(message: string): string {
  const variable = /^(Variable "\$\w+") got invalid value/.exec(message)?.[1];
  if (variable === undefined) return message;
  const place = / at "([^"]+)"; /.exec(message)?.[1];
  const reason = REASON.exec(message)?.[1];
  return [
    `${variable} got an invalid value`,
    place === undefined ? '' : ` at "${place}"`,
    reason === undefined ? '.' : `: ${reason}.`,
  ].join('');
}

function hasCode(error: unknown, codes: readonly string[]): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  return (typeof code === 'string' && codes.includes(code)) || hasCode(error.cause, codes);
}
