import type { Mailbox } from '../../drizzle/mailboxes.ts';
import type { Viewer } from '../../drizzle/viewers.ts';
import { forbidden } from '../errors.ts';

/** For what is the admins' (R20: the blacklist). Throws FORBIDDEN for everybody else. */
export function requireAdmin({ role }: Viewer): void {
  if (role !== 'admin') throw forbidden('Only admins may do this.');
}

/** Admins manage every mailbox, everybody else their own. */
export function requireAdminOrOwner({ role, userId }: Viewer, mailbox: Mailbox): void {
  if (role === 'admin' || mailbox.userId === userId) return;
  throw forbidden('Only admins and the owner of the mailbox may do this.');
}
