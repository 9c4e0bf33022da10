import { toGlobalId } from '../ids.ts';
import type { WorkspaceResolvers } from '../schema.generated.ts';

export const Workspace: WorkspaceResolvers = { id: ({ id }) => toGlobalId('Workspace', id) };
