import { expect, test } from 'vitest';
import { DEFAULT_POLICY, effectivePolicy } from '../../../domain/policy.ts';

test('the policy in force: defaults, then the choices of the workspace, then those of the mailbox', () => {
  expect(effectivePolicy()).toEqual(DEFAULT_POLICY);
  const workspace = { unknownCorrespondents: 'never', pollEveryMinutes: 30 } as const;
  const mailbox = { pollEveryMinutes: 60 };
  expect(effectivePolicy(workspace, mailbox)).toEqual({
    ...DEFAULT_POLICY,
    ...workspace,
    ...mailbox,
  });
});
