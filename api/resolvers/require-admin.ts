import type { Viewer } from '../../drizzle/viewers.ts';
import { forbidden } from '../errors.ts';

/** R20: the blacklist is the admins'. Throws FORBIDDEN for everybody else. */
export function requireAdmin({ role }: Viewer): void {
  if (role !== 'admin') throw forbidden('Only admins may do this.');
}
