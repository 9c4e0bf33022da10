import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** RFC 3339: an offset is required, or the same text would mean different moments in different places. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** What PostgreSQL keeps and ISO 8601 writes with four digits, whatever the time zone. */
const YEARS = { first: 1900, last: 9998 };

export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new Error('a DateTime must be a Date');
  },
  parseValue: toDate,
  parseLiteral: (node) => toDate(node.kind === Kind.STRING ? node.value : null),
});

export const EmailAddress = new GraphQLScalarType<string, string>({
  name: 'EmailAddress',
  serialize: String,
  parseValue: () => {
    throw new GraphQLError('EmailAddress is only for answers.');
  },
});

export const UInt32 = new GraphQLScalarType<number, number>({
  name: 'UInt32',
  serialize: Number,
  parseValue: () => {
    throw new GraphQLError('UInt32 is only for answers.');
  },
});

export const Octets = new GraphQLScalarType<number, number>({
  name: 'Octets',
  serialize: Number,
  parseValue: toOctets,
  parseLiteral: (node) => toOctets(node.kind === Kind.INT ? Number(node.value) : null),
});

function toOctets(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new GraphQLError('Octets must be a whole number from 0 to 2^53 - 1.');
}

function toDate(value: unknown): Date {
  if (typeof value === 'string' && MOMENT.test(value)) {
    const moment = new Date(value);
    const year = moment.getUTCFullYear();
    if (year >= YEARS.first && year <= YEARS.last) return moment;
    if (!Number.isNaN(year)) {
      throw new GraphQLError(`The year of a DateTime must be ${YEARS.first} to ${YEARS.last}.`);
    }
  }
  throw new GraphQLError('DateTime must be ISO 8601 with an offset, like 2026-11-22T08:15:00Z.');
}
