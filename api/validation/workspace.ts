import type { WorkspaceChange } from '../../drizzle/workspaces.ts';
import { POLICY_NAMES } from '../../domain/policy.ts';
import type { UpdateWorkspaceInput } from '../schema.generated.ts';
import { checkInternalDomains, checkText, MAX_NAME, type Checked, type Path } from './fields.ts';
import { checkSharedPace } from './pace.ts';
import { checkSettings, clearedSettings } from './settings.ts';

const POLICY: Path = ['input', 'policy'];

/** Everything that can be said of a change to the workspace without looking at what is stored. */
export function checkWorkspace(input: UpdateWorkspaceInput): Checked<WorkspaceChange> {
  const { name, preset, policy, internalDomains } = input;
  const text =
    name == null ? undefined : checkText(name, { min: 1, max: MAX_NAME }, ['input', 'name']);
  const settings = checkSettings(policy, POLICY);
  const domains =
    internalDomains == null
      ? undefined
      : checkInternalDomains(internalDomains, ['input', 'internalDomains']);
  return {
    value: {
      ...(text === undefined ? {} : { name: text.value }),
      ...(preset == null ? {} : { preset }),
      ...(domains === undefined ? {} : { internalDomains: domains.value }),
      settings: {
        set: settings.value,
        unset: policy === null ? POLICY_NAMES : clearedSettings(policy),
      },
    },
    userErrors: [
      ...(text?.userErrors ?? []),
      ...settings.userErrors,
      ...checkSharedPace(settings.value, POLICY),
      ...(domains?.userErrors ?? []),
    ],
  };
}
