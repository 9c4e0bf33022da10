import { eq, inArray, sql } from 'drizzle-orm';
import type { EmailAddress } from '../domain/address.ts';
import type { Db } from './database.ts';
import { listFrom } from './pages.ts';
import { accessTokens, THREAD_ORDERS, USER_ROLES, users } from './schema/index.ts';

export { THREAD_ORDERS, USER_ROLES };
/** In which order a user reads the messages of a thread (R43). */
export type ThreadOrder = (typeof THREAD_ORDERS)[number];
export type UserRole = (typeof USER_ROLES)[number];

/** Who is calling: whose rows they see and what they may do. */
export interface Viewer {
  readonly userId: string;
  readonly workspaceId: string;
  readonly role: UserRole;
}

export interface User {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly role: UserRole;
  readonly threadOrder: ThreadOrder;
  /** Primary first. */
  readonly addresses: readonly EmailAddress[];
}

/** Whose token this is, or null. Needs the unrestricted connection: the workspace is not known yet. */
export async function findViewer(db: Db, tokenHash: Buffer): Promise<Viewer | null> {
  const [viewer] = await db
    .select({ userId: users.id, workspaceId: users.workspaceId, role: users.role })
    .from(accessTokens)
    .innerJoin(users, eq(users.id, accessTokens.userId))
    .where(eq(accessTokens.tokenHash, tokenHash));
  return viewer ?? null;
}

export async function findUsers(db: Db, ids: readonly string[]): Promise<readonly User[]> {
  return db
    .select({
      id: users.id,
      workspaceId: users.workspaceId,
      name: users.name,
      role: users.role,
      threadOrder: users.threadOrder,
      addresses: listFrom<EmailAddress>(sql`
        select address from user_addresses where user_id = users.id order by is_primary desc, address`),
    })
    .from(users)
    .where(inArray(users.id, [...ids]));
}

/** What a user chooses for themself. */
export async function updateUser(
  db: Db,
  userId: string,
  changes: { readonly threadOrder: ThreadOrder },
): Promise<void> {
  await db.update(users).set(changes).where(eq(users.id, userId));
}
