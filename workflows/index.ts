export { mailboxSync } from './mailbox-sync.ts';
