export { mailboxSync } from './mailbox-sync.ts';
export { redecide } from './redecide.ts';
