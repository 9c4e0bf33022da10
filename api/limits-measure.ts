import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { DEFAULT_PAGE, MAX_PAGE } from './pagination.ts';

/** How much an operation asks for, known before any of it is resolved. */
export interface Measures {
  /** Fields within fields; fragments do not count. */
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Values that the answer may hold: what is selected in a page counts as many times as its `first`. */
  readonly cost: number;
}

export interface ValidOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

const NOTHING: Measures = { depth: 0, aliases: 0, directives: 0, cost: 0 };
/** Lists without pages are short, but how short is known only afterwards. */
const LIST_SIZE = 5;

/**
 * Measures an operation that has passed validation. Each fragment is measured once, however often it is spread:
 * fragments that spread each other twice would otherwise take two to the power of their number.
 */
export function measureOperation(valid: ValidOperation): Measures {
  const { schema, document, operation } = valid;
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  const measured = new Map<string, Measures>();

  function ofSet(set: SelectionSetNode, type: GraphQLNamedType | undefined): Measures {
    return set.selections.map((selection) => ofSelection(selection, type)).reduce(sum, NOTHING);
  }

  function ofSelection(selection: SelectionNode, type: GraphQLNamedType | undefined): Measures {
    const own = { ...NOTHING, directives: selection.directives?.length ?? 0 };
    switch (selection.kind) {
      case Kind.FIELD:
        return sum(own, ofField(selection, type));
      case Kind.INLINE_FRAGMENT: {
        const condition = selection.typeCondition?.name.value;
        const on = condition === undefined ? type : schema.getType(condition);
        return sum(own, ofSet(selection.selectionSet, on));
      }
      case Kind.FRAGMENT_SPREAD:
        return sum(own, ofFragment(selection.name.value));
    }
  }

  function ofFragment(name: string): Measures {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    if (fragment === undefined) return NOTHING;
    const on = schema.getType(fragment.typeCondition.name.value);
    const found = ofSet(fragment.selectionSet, on);
    measured.set(name, found);
    return found;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): Measures {
    const own = { ...NOTHING, depth: 1, aliases: node.alias === undefined ? 0 : 1, cost: 1 };
    const field = fieldOf(parent, node.name.value);
    // What is no field of the schema is introspection, which graphql-js limits by a rule of its own.
    if (node.selectionSet === undefined || field === undefined) return own;
    const inner = ofSet(node.selectionSet, schema.getType(nameOf(field.type)));
    const cost = 1 + sizeOf(node, field, parent?.name ?? '', valid) * inner.cost;
    return { ...sum(own, inner), depth: 1 + inner.depth, cost };
  }

  const whole = ofSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  return { ...whole, directives: whole.directives + (operation.directives?.length ?? 0) };
}

/*
 * Types are read by what they are called: the predicates of graphql-js throw at types of another copy of it, and there
 * are two, for import and for require.
 */

function fieldOf(
  type: GraphQLNamedType | undefined,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (type === undefined || !('getInterfaces' in type)) return undefined;
  return type.getFields()[name];
}

function nameOf(type: GraphQLOutputType): string {
  return String(type).replaceAll(/[[\]!]/g, '');
}

function isList(type: GraphQLOutputType): boolean {
  return String(type).startsWith('[');
}

function sum(a: Measures, b: Measures): Measures {
  return {
    depth: Math.max(a.depth, b.depth),
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
    cost: a.cost + b.cost,
  };
}

/** How often what is selected in a field may be answered. */
function sizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  parentName: string,
  valid: ValidOperation,
): number {
  const first = field.args.find(({ name }) => name === 'first');
  if (first !== undefined) {
    const size = argumentOf(node, first, valid);
    return typeof size === 'number' ? Math.min(Math.max(size, 1), MAX_PAGE) : DEFAULT_PAGE;
  }
  // Its page has been counted at the field that has `first`.
  const isOfPage = parentName.endsWith('Connection');
  if (isOfPage || !isList(field.type)) return 1;
  const ids = field.args.find(({ name }) => name === 'ids');
  const asked = ids === undefined ? null : argumentOf(node, ids, valid);
  return Array.isArray(asked) ? Math.max(asked.length, 1) : LIST_SIZE;
}

/** What is given, as far as a size can be seen in it, else what the schema says. */
function argumentOf(
  node: FieldNode,
  { name, defaultValue }: GraphQLArgument,
  valid: ValidOperation,
): unknown {
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  return given === undefined ? defaultValue : valueOf(given, valid);
}

function valueOf(node: ValueNode, { operation, variables }: ValidOperation): unknown {
  if (node.kind === Kind.INT) return Number(node.value);
  if (node.kind === Kind.LIST) return node.values;
  if (node.kind !== Kind.VARIABLE) return null;
  const name = node.name.value;
  if (name in variables) return variables[name];
  const definition = operation.variableDefinitions?.find(
    ({ variable }) => variable.name.value === name,
  );
  return definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : null;
}
