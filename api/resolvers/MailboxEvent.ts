import { eventText } from '../event-texts.ts';
import type { MailboxEventResolvers } from '../schema.generated.ts';

export const MailboxEvent: MailboxEventResolvers = { message: eventText };
