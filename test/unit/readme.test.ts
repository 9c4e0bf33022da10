import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

test('the operation that the README shows is one that the API takes', () => {
  const body = /-d '(\{.*?\})'\n```/s.exec(read('README.md'))?.[1] ?? '';
  const { query, variables } = JSON.parse(body) as { query: string; variables: unknown };
  expect(validate(buildSchema(read('schema.graphql')), parse(query))).toEqual([]);
  expect(variables).toMatchObject({ input: { imap: { security: 'TLS' } } });
});

test('the README stays short enough to be read', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(120);
});
