import { latenessMs } from '../../domain/mailbox.ts';
import type { Policy } from '../../domain/policy.ts';
import { toGlobalId } from '../ids.ts';
import type { MailboxResolvers } from '../schema.generated.ts';
import { MAILBOX_STAGES } from '../values.ts';
import type { MailboxStage } from '../values.ts';

const NOTHING_SEEN = { seen: 0, logged: 0, skipped: 0, failed: 0 };

export const Mailbox: MailboxResolvers = {
  id: ({ id }) => toGlobalId('Mailbox', id),
  owner: ({ userId }, _args, { loaders }) => (userId === null ? null : loaders.User.load(userId)),
  imap: ({ server }) => server,
  settings: ({ policy }) => settingsOf(policy),
  stage: ({ stage }) => stageOf(stage),
  latenessSeconds: (mailbox) => {
    const lateness = latenessMs(mailbox, new Date());
    return lateness === null ? null : Math.round(lateness / 1000);
  },
  counts: async ({ id }, _args, { loaders }) => (await loaders.counts.load(id)) ?? NOTHING_SEEN,
  checkpoint: async ({ id, checkpoint }, _args, { loaders }) => {
    const [committed, paths] = await Promise.all([
      checkpoint ?? loaders.checkpoint.load(id),
      loaders.folderPaths.load(id),
    ]);
    return Object.entries(committed ?? {})
      .flatMap(([folderId, { uidValidity, lastUid }]) => {
        const folder = paths?.get(folderId);
        return folder === undefined ? [] : [{ folder, uidValidity, lastUid }];
      })
      .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
  },
};

function settingsOf({ history, folders, pollEveryMinutes }: Policy) {
  return {
    history: { mode: history.mode, days: history.mode === 'days' ? history.days : null },
    folders: { mode: folders.mode, paths: folders.mode === 'selected' ? folders.paths : [] },
    pollEveryMinutes,
  };
}

function stageOf(step: string | null): MailboxStage | null {
  return MAILBOX_STAGES.find((stage) => stage === step) ?? null;
}
