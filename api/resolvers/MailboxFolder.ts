import { GONE } from '../../drizzle/folders.ts';
import { folderTrouble } from '../event-texts.ts';
import type { MailboxFolderResolvers } from '../schema.generated.ts';

export const MailboxFolder: MailboxFolderResolvers = {
  parkedUntil: ({ parkedFor, parkedUntil }) => (parkedFor === GONE ? null : parkedUntil),
  parkedFor: ({ parkedFor }) => (parkedFor === null ? null : folderTrouble(parkedFor)),
};
