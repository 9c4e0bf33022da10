import type { Db } from './database.ts';
import { isOneOfIds } from './rows.ts';
import { messages } from './schema/index.ts';

/** What a stored message says of itself, whether it was logged or not. */
export interface SourceMessage {
  readonly from: string;
  readonly subject: string;
  readonly internetMessageId: string | null;
  readonly sentAt: Date | null;
}

/** Messages by id. */
export async function sourceMessagesOf(
  db: Db,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, SourceMessage>> {
  const rows = await db
    .select({
      id: messages.id,
      from: messages.fromRaw,
      subject: messages.subject,
      internetMessageId: messages.internetMessageId,
      sentAt: messages.sentAt,
    })
    .from(messages)
    .where(isOneOfIds(messages.id, messageIds));
  return new Map(rows.map(({ id, ...message }) => [id, message]));
}
