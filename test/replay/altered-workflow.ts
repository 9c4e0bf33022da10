import { sleep } from '@temporalio/workflow';
import { mailboxSync as original } from '../../workflows/mailbox-sync.ts';
import type { MailboxSyncInput } from '../../workflows/messages.ts';

/** What a careless change would look like: one more timer in front of everything. */
export async function mailboxSync(input: MailboxSyncInput): Promise<void> {
  await sleep(1);
  await original(input);
}
