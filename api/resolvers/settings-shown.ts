import { POLICY_NAMES, type Policy } from '../../domain/policy.ts';

/** The policies in force as GraphQL shows them, of a workspace or a mailbox. */
export function settingsShown({
  policy: { history, folders, ...plain },
  choices,
}: {
  readonly policy: Policy;
  readonly choices: Partial<Policy>;
}) {
  return {
    ...plain,
    history: { mode: history.mode, days: history.mode === 'days' ? history.days : null },
    folders: { mode: folders.mode, paths: folders.mode === 'selected' ? folders.paths : [] },
    chosen: POLICY_NAMES.filter((name) => name in choices),
  };
}
