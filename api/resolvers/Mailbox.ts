import { latenessMs } from '../../domain/mailbox.ts';
import { providerById } from '../../domain/providers.ts';
import { toGlobalId } from '../ids.ts';
import { coverageOf, importShown, usageShown } from '../mailbox-health.ts';
import { pageRequest, toConnection } from '../pagination.ts';
import type { MailboxResolvers } from '../schema.generated.ts';
import { MAILBOX_STAGES } from '../values.ts';
import type { MailboxStage } from '../values.ts';
import { required } from './required.ts';
import { settingsShown } from './settings-shown.ts';

const NOTHING_SEEN = { seen: 0, logged: 0, skipped: 0, failed: 0 };

export const Mailbox: MailboxResolvers = {
  id: ({ id }) => toGlobalId('Mailbox', id),
  owner: ({ userId }, _args, { loaders }) => (userId === null ? null : loaders.User.load(userId)),
  imap: ({ server }) => server,
  settings: settingsShown,
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
  provider: ({ provider }) => providerById(provider),
  lastError: ({ lastError, ...of }) => (lastError === null ? null : { ...lastError, of }),
  folders: async ({ id }, _args, { loaders }) => (await loaders.folders.load(id)) ?? [],
  coverage: async ({ id }, _args, { loaders }) =>
    coverageOf((await loaders.folders.load(id)) ?? []),
  usage: async (mailbox, _args, { loaders }) =>
    usageShown(mailbox, required(await loaders.usage.load(mailbox.id))),
  deferred: ({ deferred }) =>
    deferred === null || deferred.until <= Date.now()
      ? null
      : { ...deferred, until: new Date(deferred.until) },
  import: async ({ id, checkpoint }, _args, { loaders }) => {
    const [counted, committed, end] = await Promise.all([
      loaders.historyCounts.load(id),
      checkpoint ?? loaders.checkpoint.load(id),
      loaders.importEnds.load(id),
    ]);
    return importShown(counted, committed ?? {}, end);
  },
  events: async ({ id }, args, { loaders }) => {
    const page = pageRequest(args, 'newest_first');
    return toConnection(await loaders.events.load({ id, page }), page);
  },
};

function stageOf(step: string | null): MailboxStage | null {
  return MAILBOX_STAGES.find((stage) => stage === step) ?? null;
}
