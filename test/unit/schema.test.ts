import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isIntrospectionType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { expect, test } from 'vitest';
import { USER_ERROR_CODES } from '../../api/errors.ts';
import { NODE_TYPES } from '../../api/ids.ts';
import { enums } from '../../api/resolvers/enums.ts';
import { SKIP_REASONS } from '../../domain/decision.ts';
import { MAIL_ERROR_KINDS } from '../../mail/errors.ts';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !(isScalarType(type) && isSpecifiedScalarType(type)),
);
const objects = types.filter(isObjectType);
const mutations = Object.values(objectType('Mutation').getFields());
const rootFields = [...mutations, ...Object.values(objectType('Query').getFields())];

const VERBS = [
  ...[
    'accept',
    'add',
    'connect',
    'create',
    'delete',
    'discard',
    'disconnect',
    'log',
    'dismiss',
    'import',
    'upsert',
    'pause',
    'reconnect',
    'redecide',
    'remove',
  ],
  ...['restore', 'resume', 'retry', 'set', 'start', 'stop', 'sync', 'test', 'undo', 'update'],
];

test('every type, field, argument and enum value is described', () => {
  const bare = types.flatMap((type) => undescribed(type));
  expect(bare).toEqual([]);
  expect(schema.description ?? '').not.toBe('');
});

test('a description says more than the name again', () => {
  const words = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');
  const empty = objects.flatMap((type) =>
    Object.values(type.getFields()).filter(
      ({ name, description }) => words(description ?? '') === words(name),
    ),
  );
  expect(empty.map(({ name }) => name)).toEqual([]);
});

test('mutations are verbs with one input of their own and a payload of their own', () => {
  for (const { name, args, type } of mutations) {
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    expect(
      VERBS.some((verb) => name.startsWith(verb)),
      name,
    ).toBe(true);
    expect(args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([
      `input: ${title}Input!`,
    ]);
    expect(String(type)).toBe(`${title}Payload!`);
  }
});

test('a payload has a nullable noun and userErrors', () => {
  for (const { name } of mutations) {
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    const fields = Object.values(objectType(`${title}Payload`).getFields());
    expect(String(fields.find((field) => field.name === 'userErrors')?.type)).toBe('[UserError!]!');
    const rest = fields.filter((field) => !['userErrors', 'confirmed'].includes(field.name));
    expect(rest.length, name).toBeGreaterThan(0);
    for (const field of rest)
      expect(isNonNullType(field.type), `${name}.${field.name}`).toBe(false);
  }
});

test('mutations that tell a workflow something say whether it answered', () => {
  for (const verb of ['Pause', 'Resume', 'Reconnect', 'Disconnect']) {
    const { confirmed } = objectType(`${verb}MailboxPayload`).getFields();
    expect(String(confirmed?.type)).toBe('Boolean!');
  }
  expect(String(objectType('SyncMailboxNowPayload').getFields()['confirmed']?.type)).toBe(
    'Boolean!',
  );
});

test('connections take first and after, and have nodes, edges and pageInfo', () => {
  const fields = objects.flatMap((type) => Object.values(type.getFields()));
  const lists = fields.filter(({ type }) => String(type).endsWith('Connection!'));
  expect(lists.length).toBeGreaterThan(7);
  for (const { name, args } of lists) {
    const described = args.map(
      (arg) => `${arg.name}: ${String(arg.type)} = ${String(arg.defaultValue)}`,
    );
    expect(described, name).toContain('first: Int = 50');
    expect(described, name).toContain('after: String = undefined');
  }
  for (const type of objects.filter(({ name }) => name.endsWith('Connection'))) {
    const noun = type.name.replace(/Connection$/, '');
    expect(fieldTypes(type)).toMatchObject({
      nodes: `[${noun}!]!`,
      edges: `[${noun}Edge!]!`,
      pageInfo: 'PageInfo!',
    });
    expect(fieldTypes(objectType(`${noun}Edge`))).toEqual({ cursor: 'String!', node: `${noun}!` });
  }
});

test('by-id lookups are nullable, and their id is required', () => {
  const lookups = rootFields.filter(({ args }) => args.some(({ name }) => name === 'id'));
  expect(lookups.map(({ name }) => name)).toEqual([
    ...['node', 'mailbox', 'contact', 'account', 'engagement'],
  ]);
  for (const { type, args } of lookups) {
    expect(isNonNullType(type)).toBe(false);
    expect(args.map((arg) => String(arg.type))).toEqual(['ID!']);
  }
});

test('what has an id is a Node, and node() can find each of them', () => {
  const withId = objects.filter((type) => type.getFields()['id'] !== undefined);
  const nodes = objects.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node'));
  expect(withId.map(({ name }) => name).sort()).toEqual(nodes.map(({ name }) => name).sort());
  expect(nodes.map(({ name }) => name).sort()).toEqual([...NODE_TYPES].sort());
});

test('objects refer to objects, never to their ids', () => {
  const ids = objects.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => namedType(field) === 'ID' && field.name !== 'id')
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(ids.filter((name) => !/Payload\.(?:deleted|removed)\w+Id$/.test(name))).toEqual([]);
});

test('lists have no holes, except nodes()', () => {
  const holes = objects.flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ type: list }) => {
        const nullable = getNullableType(list);
        return isListType(nullable) && !isNonNullType(nullable.ofType);
      })
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(holes).toEqual(['Query.nodes']);
});

test('inputs take String addresses: EmailAddress is only for answers', () => {
  const inputs = types.filter(isInputObjectType).flatMap((type) => Object.values(type.getFields()));
  expect(inputs.filter(({ type }) => String(type).includes('EmailAddress'))).toEqual([]);
});

test('a deprecation names its successor and its end', () => {
  const deprecated = objects
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ deprecationReason }) => typeof deprecationReason === 'string');
  for (const { deprecationReason } of deprecated) {
    expect(deprecationReason).toMatch(/^Use .+\. Removal after \d{4}-\d{2}-\d{2}\.$/);
  }
});

test('R45 every reason of the domain is a value of SkipReason, and no other is', () => {
  expect(enumValues('SkipReason').sort()).toEqual(
    SKIP_REASONS.map((reason) => reason.toUpperCase()).sort(),
  );
});

test('every enum is the upper case of the values inside', () => {
  const declared = types.filter(isEnumType).map(({ name }) => [name, enumValues(name).sort()]);
  const inside = Object.entries(enums).map(([name, values]) => [name, Object.keys(values).sort()]);
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(inside));
});

test('R50 the failures of a mail server can be answered as user errors', () => {
  expect(USER_ERROR_CODES).toEqual(expect.arrayContaining(Object.keys(MAIL_ERROR_KINDS)));
});

test('no password can be asked for', () => {
  const fields = objects.flatMap((type) => Object.keys(type.getFields()));
  expect(fields.filter((name) => /password|secret|token|credential/i.test(name))).toEqual([]);
});

function objectType(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return type;
}

function enumValues(name: string): string[] {
  const type = schema.getType(name);
  if (!isEnumType(type)) throw new Error(`${name} is no enum`);
  return type.getValues().map((value) => value.name);
}

function fieldTypes(type: GraphQLObjectType): Record<string, string> {
  const fields = Object.values(type.getFields());
  return Object.fromEntries(fields.map((field) => [field.name, String(field.type)]));
}

function namedType(field: GraphQLField<unknown, unknown>): string {
  return String(field.type).replaceAll(/[[\]!]/g, '');
}

function undescribed(type: GraphQLNamedType): string[] {
  const bare = (name: string, { description }: { description?: string | null | undefined }) =>
    description ? [] : [name];
  const here = bare(type.name, type);
  if (isEnumType(type)) {
    return [
      ...here,
      ...type.getValues().flatMap((value) => bare(`${type.name}.${value.name}`, value)),
    ];
  }
  if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) return here;
  const fields: readonly Described[] = Object.values(type.getFields());
  return [
    ...here,
    ...fields.flatMap(({ name, description, args = [] }) => [
      ...bare(`${type.name}.${name}`, { description }),
      ...args.flatMap((arg) => bare(`${type.name}.${name}(${arg.name})`, arg)),
    ]),
  ];
}

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly args?: readonly Described[];
}
