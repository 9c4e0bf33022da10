import { asc, inArray } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { CalendarInvite } from '../domain/engagement.ts';
import type { Participant } from '../domain/message.ts';
import type { Db } from './database.ts';
import { grouped } from './pages.ts';
import { attachments, engagements, participants } from './schema/index.ts';

export interface EngagementContent {
  readonly text: string;
  readonly replyText: string;
  readonly html: string | null;
  /** By which rules the HTML was sanitised (domain/message-html.ts). */
  readonly htmlVersion: number;
  readonly calendar: CalendarInvite | null;
}

export interface EngagementParticipant extends Participant {
  readonly isInternal: boolean;
}

export interface AttachedFile {
  readonly engagementId: string;
  /** IMAP section number. */
  readonly part: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  /** Of a picture that the HTML shows; null for all other files. */
  readonly contentId: string | null;
}

export async function engagementContents(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EngagementContent>> {
  const rows = await db
    .select({
      id: engagements.id,
      text: engagements.text,
      replyText: engagements.replyText,
      html: engagements.html,
      htmlVersion: engagements.htmlVersion,
      calendar: engagements.calendar,
    })
    .from(engagements)
    .where(inArray(engagements.id, [...ids]));
  return new Map(rows.map(({ id, ...content }) => [id, content]));
}

/** Sender first, as the message has them. */
export async function participantsOf(
  db: Db,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly EngagementParticipant[]>> {
  const rows = await db
    .select()
    .from(participants)
    .where(inArray(participants.messageId, [...messageIds]))
    .orderBy(asc(participants.messageId), asc(participants.position));
  return grouped(
    rows,
    ({ messageId }) => messageId,
    ({ role, address, name, isInternal }) => ({
      role,
      address: address as EmailAddress,
      name,
      isInternal: isInternal ?? false,
    }),
  );
}

export async function attachmentsOf(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly AttachedFile[]>> {
  const rows = await db
    .select()
    .from(attachments)
    .where(inArray(attachments.engagementId, [...ids]))
    .orderBy(asc(attachments.engagementId), asc(attachments.part));
  return grouped(
    rows,
    ({ engagementId }) => engagementId,
    ({ engagementId, part, name, mediaType, size, contentId }) => ({
      ...{ engagementId, part, name, mediaType, size, contentId },
    }),
  );
}
