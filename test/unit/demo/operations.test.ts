import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import * as operations from '../../../local/demo/operations.ts';
import { suggestions } from '../../../local/demo/suggestions.ts';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

test.each(Object.entries(operations))(
  '%s is valid against the public schema',
  (_name, operation) => {
    expect(validate(schema, parse(operation.document))).toEqual([]);
  },
);

test('the queries that the demo suggests are valid against the public schema', () => {
  const lines = suggestions({
    graphqlUrl: 'http://127.0.0.1:4000/graphql',
    tokenFile: '/tmp/token',
    contactId: 'Q29udGFjdDox',
  }).join('\n');
  const queries = [...lines.matchAll(/-d '\{"query":(".*")\}'/g)].map(([, text = '""']) =>
    String(JSON.parse(text)),
  );
  expect(queries).toHaveLength(3);
  for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
});
