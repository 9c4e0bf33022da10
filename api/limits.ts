import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { measureOperation, type Measures } from './limits-measure.ts';

/** Words, numbers and signs of a document; comments and commas do not count. Checking fields takes their square. */
export const MAX_TOKENS = 2000;

interface Limit {
  readonly code: string;
  readonly max: number;
  /** What is counted, with the number that was found. */
  readonly found: (count: string) => string;
  /** How to stay below. */
  readonly remedy: string;
}

/** What an operation may ask for. The head of schema.graphql tells the same numbers and codes. */
export const LIMITS: Readonly<Record<keyof Measures, Limit>> = {
  depth: {
    ...{ code: 'OPERATION_TOO_DEEP', max: 15 },
    found: (count) => `Fields are nested ${count} deep`,
    remedy: 'Ask for the inner objects by `node` in a second operation.',
  },
  aliases: {
    ...{ code: 'TOO_MANY_ALIASES', max: 20 },
    found: (count) => `The operation has ${count} aliases`,
    remedy: 'Send several operations, or ask for many objects at once with `nodes`.',
  },
  directives: {
    ...{ code: 'TOO_MANY_DIRECTIVES', max: 30 },
    found: (count) => `The operation has ${count} directives`,
    remedy: 'Put what appears together into one fragment with one directive.',
  },
  cost: {
    ...{ code: 'OPERATION_TOO_EXPENSIVE', max: 100_000 },
    found: (count) => `The answer may hold ${count} values`,
    remedy: 'Give a smaller `first` to the lists within lists, or select fewer fields in them.',
  },
};

/** Refuses with 400 and a code, before anything is resolved, what asks for more than LIMITS. */
export const operationLimits: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ schema, document, operation, request }) => {
        // Without one, what was asked for is not in the document, and Apollo says so.
        if (operation !== undefined) {
          const variables = request.variables ?? {};
          refuseExcess(measureOperation({ schema, document, operation, variables }));
        }
        return Promise.resolve();
      },
    }),
};

/** Throws for the first limit that is exceeded; its `extensions` say `limit` and `found`. */
export function refuseExcess(measures: Measures): void {
  for (const measure of ['depth', 'aliases', 'directives', 'cost'] as const) {
    const { code, max, found, remedy } = LIMITS[measure];
    const count = measures[measure];
    if (count <= max) continue;
    const message = `${found(shown(count))}; ${shown(max)} are allowed. ${remedy}`;
    throw new GraphQLError(message, {
      extensions: { code, limit: max, found: count, http: { status: 400 } },
    });
  }
}

/** graphql-js says only in words, and as a syntax error, that it has read as many tokens as `maxLexicalTokens` allows. */
export function namingTokens(error: GraphQLFormattedError): GraphQLFormattedError {
  if (!/^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(error.message)) return error;
  return {
    message: `The document has more than ${shown(MAX_TOKENS)} tokens. Send values as variables, and select fewer fields or share them in fragments.`,
    extensions: { code: 'TOO_MANY_TOKENS', limit: MAX_TOKENS },
  };
}

function shown(count: number): string {
  return count.toLocaleString('en');
}
