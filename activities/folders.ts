import type { FolderUse } from '../domain/message.ts';
import type { FolderPolicy } from '../domain/policy.ts';
import type { Folder } from '../mail/session.ts';

/** Under `all`, what these hold is never customer mail (spec.md section 3). */
const LEFT_OUT: ReadonlySet<FolderUse> = new Set(['junk', 'trash', 'drafts']);

/** R2: the folders that the policy reads, the inbox first so that new mail is never behind history. */
export function chooseFolders(folders: readonly Folder[], policy: FolderPolicy): readonly Folder[] {
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
      return policy.paths.includes(path);
  }
}
