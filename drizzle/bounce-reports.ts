import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { BounceKind } from '../domain/bounce.ts';
import type { Db } from './database.ts';
import { grouped } from './pages.ts';
import { bounces, contactAddresses, engagements, messages, sightings } from './schema/index.ts';

/** What a delivery report said of one recipient. */
export interface Bounce {
  readonly recipient: EmailAddress;
  readonly kind: BounceKind;
  /** RFC 3463; null when the report names none. */
  readonly status: string | null;
  /** When the report arrived. */
  readonly reportedAt: Date;
  /** The message that it is about; null when that is not known, was not logged or was deleted. */
  readonly engagementId: string | null;
  /** The subject of that message, logged or not; null when it is not known. */
  readonly subject: string | null;
}

/** An address of a contact that mail could not be delivered to. */
export interface BouncedAddress {
  readonly address: EmailAddress;
  readonly bouncedAt: Date;
  readonly status: string | null;
}

/** When the report arrived. */
const REPORTED_AT = sql`coalesce(
    (select min(arrived_at) from sightings s where s.message_id = ${bounces.messageId}),
    ${bounces.createdAt})`;

const COLUMNS = {
  recipient: bounces.recipient,
  kind: bounces.kind,
  status: bounces.status,
  reportedAt: sql<Date>`${REPORTED_AT}`.mapWith(bounces.createdAt),
  engagementId: engagements.id,
  subject: messages.subject,
};

/** The unique key, which is what finds it. */
const IS_ENGAGEMENT_OF = and(
  eq(engagements.workspaceId, messages.workspaceId),
  eq(engagements.messageId, messages.id),
);

/** What was reported about each of these engagements, earliest first. */
export async function bouncesOfEngagements(
  db: Db,
  engagementIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Bounce[]>> {
  const rows = await db
    .select({ ...COLUMNS, key: engagements.id })
    .from(bounces)
    .innerJoin(messages, eq(messages.id, bounces.originalMessageId))
    .innerJoin(engagements, IS_ENGAGEMENT_OF)
    .where(inArray(engagements.id, [...engagementIds]))
    .orderBy(REPORTED_AT, bounces.recipient);
  return grouped(rows, ({ key }) => key, toBounce);
}

/** What the delivery reports that were kept out by these decisions said. */
export async function bouncesOfDecisions(
  db: Db,
  decisionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Bounce[]>> {
  const rows = await db
    .select({ ...COLUMNS, key: sightings.id })
    .from(sightings)
    .innerJoin(bounces, eq(bounces.messageId, sightings.messageId))
    .leftJoin(messages, eq(messages.id, bounces.originalMessageId))
    .leftJoin(engagements, and(IS_ENGAGEMENT_OF, isNull(engagements.deletedAt)))
    .where(inArray(sightings.id, [...decisionIds]))
    .orderBy(REPORTED_AT, bounces.recipient);
  return grouped(rows, ({ key }) => key, toBounce);
}

/** Per contact; those without any are missing. */
export async function bouncedAddressesOf(
  db: Db,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, readonly BouncedAddress[]>> {
  const rows = await db
    .select()
    .from(contactAddresses)
    .where(
      and(
        inArray(contactAddresses.contactId, [...contactIds]),
        isNotNull(contactAddresses.bouncedAt),
      ),
    )
    .orderBy(asc(contactAddresses.contactId), asc(contactAddresses.address));
  const bounced = rows.flatMap(({ bouncedAt, ...row }) =>
    bouncedAt === null ? [] : [{ ...row, bouncedAt }],
  );
  return grouped(
    bounced,
    ({ contactId }) => contactId,
    ({ address, bouncedAt, bounceStatus }) => ({
      ...{ address: address as EmailAddress, bouncedAt, status: bounceStatus },
    }),
  );
}

function toBounce({
  recipient,
  kind,
  status,
  reportedAt,
  engagementId,
  subject,
}: Omit<Bounce, 'recipient'> & { readonly recipient: string }): Bounce {
  return {
    ...{ recipient: recipient as EmailAddress, kind, status },
    ...{ reportedAt, engagementId, subject },
  };
}
