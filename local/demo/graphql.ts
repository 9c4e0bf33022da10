import { z } from 'zod';
import type { Operation } from './operations.ts';

/** The public API as any client would call it: HTTP, JSON, a bearer token. */
export interface Api {
  ask<Result>(operation: Operation<Result>, variables?: Variables): Promise<Result>;
}

export type Variables = Readonly<Record<string, unknown>>;

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Payload {
  readonly userErrors: readonly { readonly message: string; readonly field?: unknown }[];
}

const reply = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

export function apiAt(url: string, token: string): Api {
  return {
    async ask(operation, variables = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: operation.document, variables }),
      });
      const { data, errors } = reply.parse(await response.json());
      if (errors !== undefined && errors.length > 0) {
        const messages = errors.map(({ message }) => message).join('; ');
        throw new Error(`GraphQL at ${url} answered: ${messages}`);
      }
      return operation.result.parse(data);
    },
  };
}

/** All nodes of a connection, page after page. */
export async function all<Node>(
  api: Api,
  operation: Operation<{ list: Page<Node> }>,
  variables: Variables = {},
): Promise<readonly Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const { list }: { list: Page<Node> } = await api.ask(operation, { ...variables, after });
    nodes.push(...list.nodes);
    after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

/** Runs a mutation and insists that the API took the input. */
export async function change<Result extends { readonly payload: Payload }>(
  api: Api,
  operation: Operation<Result>,
  input: Variables,
): Promise<Result['payload']> {
  const { payload } = await api.ask(operation, { input });
  const [error] = payload.userErrors;
  if (error !== undefined) {
    throw new Error(`The API says: ${error.message}`);
  }
  return payload;
}
