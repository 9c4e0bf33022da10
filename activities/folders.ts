import type { FolderUse } from '../domain/message.ts';
import type { FolderPolicy } from '../domain/policy.ts';
import type { Folder } from '../mail/session.ts';

/** Under `all`, what these hold is never customer mail (spec.md section 3). */
const LEFT_OUT: ReadonlySet<FolderUse> = new Set(['junk', 'trash', 'drafts']);

/** R2: the folders that the policy reads, the inbox first so that new mail is never behind history. */
export function chooseFolders<Known extends Folder>(
  folders: readonly Known[],
  policy: FolderPolicy,
): readonly Known[] {
  return folders
    .filter((folder) => isRead(folder, policy))
    .toSorted((a, b) => Number(b.use === 'inbox') - Number(a.use === 'inbox'));
}

function isRead({ use, path }: Folder, policy: FolderPolicy): boolean {
  switch (policy.mode) {
    case 'inbox':
      return use === 'inbox';
    case 'inbox_and_sent':
      return use === 'inbox' || use === 'sent';
    case 'all':
      return !LEFT_OUT.has(use);
    case 'selected':
      return policy.paths.some((wanted) => isSamePath(wanted, path));
  }
}

/** Selected paths that the server does not have: a folder was renamed or removed since. */
export function missingPaths(folders: readonly Folder[], policy: FolderPolicy): readonly string[] {
  if (policy.mode !== 'selected') return [];
  return policy.paths.filter((wanted) => !folders.some(({ path }) => isSamePath(wanted, path)));
}

/** INBOX is the one name that has no case (RFC 9051 section 5.1). */
function isSamePath(one: string, other: string): boolean {
  return one === other || (one.toUpperCase() === 'INBOX' && other.toUpperCase() === 'INBOX');
}
