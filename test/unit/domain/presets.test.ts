import { expect, test } from 'vitest';
import {
  DEFAULT_POLICY,
  POLICY_NAMES,
  PRESETS,
  type Policy,
  type Preset,
} from '../../../domain/policy.ts';
import { effectivePolicy, PRESET_POLICIES, PRESETS_WITH_PUSH } from '../../../domain/presets.ts';

/** How each product differs from the default, as spec.md section 3 tells it. */
const DIFFERENCES: Readonly<Record<Preset, Partial<Policy>>> = {
  customer_success: {},
  performer: { unknownCorrespondents: 'never' },
  shop: { unknownCorrespondents: 'always', history: { mode: 'all' } },
  sales: {
    ...{ history: { mode: 'days', days: 60 }, folders: { mode: 'inbox' } },
    push: true,
  },
  archive_only: { unknownCorrespondents: 'never', severalAccounts: 'archive_rules' },
};

test.each(PRESETS)(
  'spec.md section 3: %s differs from the default in exactly what it names',
  (preset) => {
    expect(PRESET_POLICIES[preset]).toEqual({ ...DEFAULT_POLICY, ...DIFFERENCES[preset] });
  },
);

test('no preset deletes mail on the server: that is chosen by a person, by name', () => {
  expect(PRESETS.map((preset) => PRESET_POLICIES[preset].afterImport)).toEqual(
    PRESETS.map(() => 'leave'),
  );
});

test('R1 the store asks for a standing connection by these presets', () => {
  expect(PRESETS_WITH_PUSH).toEqual(['sales']);
});

test('the policy in force: the preset, then the choices of the workspace, then those of the mailbox', () => {
  expect(effectivePolicy('sales')).toEqual(PRESET_POLICIES.sales);
  const workspace = { unknownCorrespondents: 'never', pollEveryMinutes: 30 } as const;
  const mailbox = { pollEveryMinutes: 60, push: false };
  expect(effectivePolicy('sales', workspace, mailbox)).toEqual({
    ...PRESET_POLICIES.sales,
    ...{ unknownCorrespondents: 'never', pollEveryMinutes: 60, push: false },
  });
});

test('every policy can be chosen and cleared', () => {
  expect(POLICY_NAMES.toSorted()).toEqual(Object.keys(DEFAULT_POLICY).toSorted());
});
