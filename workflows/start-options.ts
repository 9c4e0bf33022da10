/** How the workflow of a mailbox is started, by whoever finds that it does not run. */
import {
  defineSearchAttributeKey,
  SearchAttributeType,
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
} from '@temporalio/common';
import { workflowIdOf, type MailboxSyncInput, type SearchAttribute } from './messages.ts';

/** What operators find a mailbox by. */
export interface Startable {
  readonly id: string;
  readonly workspaceId: string;
  readonly provider: string;
  readonly host: string;
}

/** Starting a workflow that runs changes nothing. */
export function startOptions({ id, workspaceId, provider, host }: Startable, taskQueue: string) {
  const attribute = (name: SearchAttribute, value: string) => ({
    key: defineSearchAttributeKey(name, SearchAttributeType.KEYWORD),
    value,
  });
  const input: MailboxSyncInput = { mailboxId: id };
  return {
    workflowId: workflowIdOf(id),
    taskQueue,
    args: [input],
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    memo: { label: host },
    typedSearchAttributes: [
      attribute('MailboxState', 'connecting'),
      attribute('MailProvider', provider),
      attribute('WorkspaceId', workspaceId),
    ],
    staticSummary: `Files the mail of one mailbox at ${host}`,
  };
}
