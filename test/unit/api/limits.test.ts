import { readFileSync } from 'node:fs';
import { buildSchema, getOperationAST, GraphQLError, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { LIMITS, MAX_TOKENS, refuseExcess } from '../../../api/limits.ts';
import { measureOperation, type Measures } from '../../../api/limits-measure.ts';
import { deadlineIn } from '../../../api/limits-time.ts';
import * as operations from '../../../local/demo/operations.ts';

const schema = buildSchema(
  readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'),
);

function measure(source: string, variables = {}): Measures {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new Error('there is one operation');
  return measureOperation({ schema, document, operation, variables });
}

function codeOf(measures: Measures): unknown {
  try {
    refuseExcess(measures);
    return null;
  } catch (error) {
    return error instanceof GraphQLError ? error.extensions['code'] : error;
  }
}

describe('the cost of an operation', () => {
  const ids = (first: string) => `contacts(${first}) { nodes { id } }`;

  test.each([
    ['a page counts as often as its `first`', `{ ${ids('first: 7')} }`, {}, 1 + 7 * 2],
    ['a page without `first` has 50', `{ ${ids('search: "x"')} }`, {}, 1 + 50 * 2],
    ['null is no size', `{ ${ids('first: null')} }`, {}, 1 + 50 * 2],
    ['a size in a variable counts', `query ($n: Int) { ${ids('first: $n')} }`, { n: 9 }, 1 + 9 * 2],
    ['so does the default of one', `query ($n: Int = 8) { ${ids('first: $n')} }`, {}, 1 + 8 * 2],
    ['a variable that is not sent is none', `query ($n: Int) { ${ids('first: $n')} }`, {}, 101],
    ['a size that is refused anyway is the largest', `{ ${ids('first: 9999')} }`, {}, 1 + 100 * 2],
    ['edges are counted like nodes', '{ contacts(first: 7) { edges { node { id } } } }', {}, 22],
    ['nodes counts its ids', '{ nodes(ids: ["a", "b", "c"]) { id } }', {}, 1 + 3],
    [
      'also those in a variable',
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: ['a', 'b'] },
      1 + 2,
    ],
    ['a list without pages counts five times', '{ decisionCounts { count } }', {}, 1 + 5],
    ['introspection costs its field', '{ __schema { types { fields { name } } } }', {}, 1],
  ])('%s', (_title, source, variables, cost) => {
    expect(measure(source, variables).cost).toBe(cost);
  });

  test('three pages of 100 within each other are refused, two are not', () => {
    const two = '{ contacts(first: 100) { nodes { engagements(first: 100) { nodes { id } } } } }';
    expect(codeOf(measure(two))).toBeNull();
    const three = two.replace(
      '{ id }',
      '{ accounts { engagements(first: 100) { nodes { id } } } }',
    );
    expect(codeOf(measure(three))).toBe('OPERATION_TOO_EXPENSIVE');
  });
});

test('fragments hide nothing: what is in them counts wherever they are spread', () => {
  const { depth, aliases, directives, cost } = measure(`
    query ($is: Boolean!) {
      one: contacts(first: 2) { ...page }
      two: contacts(first: 3) { ...page }
    }
    fragment page on ContactConnection { nodes { ...person @include(if: $is) ... on Contact { id } } }
    fragment person on Contact { called: name @skip(if: $is) }`);
  expect({ depth, aliases, directives, cost }).toEqual({
    ...{ depth: 3, aliases: 4, directives: 4 },
    cost: 1 + 2 * 3 + 1 + 3 * 3,
  });
});

test('directives on spreads of one fragment are counted each time', () => {
  const spreads = '...name @include(if: true) '.repeat(31);
  const measures = measure(`{ viewer { ${spreads} } } fragment name on User { name }`);
  expect(codeOf(measures)).toBe('TOO_MANY_DIRECTIVES');
});

test('fragments that double each other are measured in no time, and refused', () => {
  const doubling = Array.from(
    { length: 60 },
    (_, n) => `fragment f${n} on User { ...f${n + 1} ... on User { ...f${n + 1} } }`,
  ).join('\n');
  const source = `{ viewer { ...f0 } } ${doubling} fragment f60 on User { name }`;
  const operation = getOperationAST(parse(source));
  if (operation === null || operation === undefined) throw new Error('there is one operation');
  const document = parse(source);
  const measures = measureOperation({ schema, document, operation, variables: {} });
  expect(measures.cost).toBe(1 + 2 ** 60);
  expect(codeOf(measures)).toBe('OPERATION_TOO_EXPENSIVE');
});

test.each([
  ['depth', 'OPERATION_TOO_DEEP'],
  ['aliases', 'TOO_MANY_ALIASES'],
  ['directives', 'TOO_MANY_DIRECTIVES'],
  ['cost', 'OPERATION_TOO_EXPENSIVE'],
] as const)('of %s as much as is allowed passes, one more is %s', (measure, code) => {
  const none = { depth: 0, aliases: 0, directives: 0, cost: 0 };
  const { max } = LIMITS[measure];
  expect(codeOf({ ...none, [measure]: max })).toBeNull();
  expect(codeOf({ ...none, [measure]: max + 1 })).toBe(code);
  expect(() => refuseExcess({ ...none, [measure]: max + 1 })).toThrow(max.toLocaleString('en'));
});

test('the head of the schema tells every limit with its code and number', () => {
  const text = (schema.description ?? '').replaceAll(/\s+/g, ' ');
  for (const { code, max } of Object.values(LIMITS)) {
    expect(text).toMatch(new RegExp(`\`${code}\`, 400: [^.]*\\b${max.toLocaleString('en')} `));
  }
  expect(text).toContain(`more than ${MAX_TOKENS.toLocaleString('en')} tokens`);
});

test('the operations of the demo stay far below every limit', () => {
  const documents = Object.values(operations).flatMap((value) =>
    'document' in value ? [value.document] : [],
  );
  expect(documents.length).toBeGreaterThan(5);
  for (const document of documents) {
    const { depth, aliases, directives, cost } = measure(document);
    expect(depth).toBeLessThan(LIMITS.depth.max / 2);
    expect(aliases).toBeLessThan(LIMITS.aliases.max / 2);
    expect(directives).toBeLessThan(LIMITS.directives.max / 2);
    expect(cost).toBeLessThan(LIMITS.cost.max / 10);
  }
});

describe('the deadline of a request', () => {
  const never = () => new Promise<never>(() => undefined);
  const late = { extensions: { code: 'REQUEST_TIMEOUT' } };

  test('ends what takes too long, and lets nothing begin after it', async () => {
    const within = deadlineIn(20);
    await expect(within(never)).rejects.toMatchObject(late);
    let hasBegun = false;
    const begin = () => {
      hasBegun = true;
      return Promise.resolve();
    };
    await expect(within(begin)).rejects.toMatchObject(late);
    expect(hasBegun).toBe(false);
  });

  test('tells what it runs how long it has, and passes on what comes of it', async () => {
    const within = deadlineIn(60_000);
    const leftMs = await within((left) => Promise.resolve(left));
    expect(leftMs).toBeGreaterThan(50_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    await expect(within(() => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
  });
});
