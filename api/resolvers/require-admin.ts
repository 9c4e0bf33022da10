import type { Mailbox } from '../../drizzle/mailboxes.ts';
import type { Viewer } from '../../drizzle/viewers.ts';
import { forbidden } from '../errors.ts';
import type { MailboxSettingsInput } from '../schema.generated.ts';
import { changesFiling } from '../validation/settings.ts';

/** For what is the admins' (R20: the blacklist). Throws FORBIDDEN for everybody else. */
export function requireAdmin({ role }: Viewer): void {
  if (role !== 'admin') throw forbidden('Only admins may do this.');
}

/** Admins manage every mailbox, everybody else their own. */
export function requireAdminOrOwner({ role, userId }: Viewer, mailbox: Mailbox): void {
  if (role === 'admin' || mailbox.userId === userId) return;
  throw forbidden('Only admins and the owner of the mailbox may do this.');
}

/** How a mailbox is read is its owner's business; what is filed, and by which blacklist, is the admins'. */
export function requireAdminForFiling(
  { role }: Viewer,
  settings: MailboxSettingsInput | null | undefined,
): void {
  if (role === 'admin' || !changesFiling(settings)) return;
  throw forbidden('Only admins may change which mail is filed and what becomes of it.');
}
