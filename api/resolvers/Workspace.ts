import { toGlobalId } from '../ids.ts';
import type { WorkspaceResolvers } from '../schema.generated.ts';
import { settingsShown } from './settings-shown.ts';

export const Workspace: WorkspaceResolvers = {
  id: ({ id }) => toGlobalId('Workspace', id),
  policy: settingsShown,
};
