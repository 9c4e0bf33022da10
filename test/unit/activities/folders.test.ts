import { describe, expect, test } from 'vitest';
import { chooseFolders } from '../../../activities/folders.ts';
import type { FolderUse } from '../../../domain/message.ts';
import type { FolderPolicy } from '../../../domain/policy.ts';

const USES: readonly FolderUse[] = [
  ...(['archive', 'drafts', 'junk', 'sent'] as const),
  ...(['trash', 'all', 'other', 'inbox'] as const),
];
const folders = USES.map((use) => ({ path: `the ${use} folder`, use }));
const chosen = (policy: FolderPolicy) => chooseFolders(folders, policy).map(({ use }) => use);

describe('R2 only the folders of the policy are read, the inbox first', () => {
  test.each<[FolderPolicy, readonly FolderUse[]]>([
    [{ mode: 'inbox' }, ['inbox']],
    [{ mode: 'inbox_and_sent' }, ['inbox', 'sent']],
    [{ mode: 'all' }, ['inbox', 'archive', 'sent', 'all', 'other']],
    [{ mode: 'selected', paths: ['the trash folder', 'the inbox folder'] }, ['inbox', 'trash']],
    [{ mode: 'selected', paths: ['the trash'] }, []],
  ])('%j reads %j', (policy, uses) => {
    expect(chosen(policy)).toEqual(uses);
  });
});
