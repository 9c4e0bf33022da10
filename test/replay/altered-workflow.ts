import { sleep } from '@temporalio/workflow';
import { mailboxSync as originalSync } from '../../workflows/mailbox-sync.ts';
import type { MailboxSyncInput, RedecideInput } from '../../workflows/messages.ts';
import { redecide as originalRedecide } from '../../workflows/redecide.ts';

/** What a careless change would look like: one more timer in front of everything. */
export async function mailboxSync(input: MailboxSyncInput): Promise<void> {
  await sleep(1);
  await originalSync(input);
}

export async function redecide(input: RedecideInput): Promise<void> {
  await sleep(1);
  await originalRedecide(input);
}
