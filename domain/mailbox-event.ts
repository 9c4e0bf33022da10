/**
 * What happens to a mailbox that its people should be able to see later, beside its state of the moment. Stored: kinds
 * are only added.
 *
 * - uid_validity_changed  the server numbers a folder anew; it is read again, nothing is logged twice
 * - uid_validity_flapping it did so three times in a day; the folder is read by date until that stops
 * - numbers_reused        the server gave numbers away a second time under the same UIDVALIDITY
 * - folder_emptied        a folder that held messages holds none
 * - folder_parked         a folder cannot be read and is left alone for a while
 * - folder_back           it can be read again
 * - checkpoint_lost       the place where reading had stopped was lost; found again from the ledger
 * - workflow_lost         nobody watched the mailbox any more; the watch was started anew
 * - messages_missing      the server has messages that were never recorded; they are fetched
 * - quarantined           messages that cannot be read were set aside
 * - deferred              the budget of the day is spent; what is put off follows later
 * - failing               visits fail
 * - recovered             visits succeed again
 * - import_finished       the history has been read to its end
 * - import_stopped        a person stopped reading the history
 * - alert                 the provider says something to a human
 */
export const MAILBOX_EVENT_KINDS = [
  'uid_validity_changed',
  'uid_validity_flapping',
  'numbers_reused',
  'folder_emptied',
  'folder_parked',
  'folder_back',
  'checkpoint_lost',
  'workflow_lost',
  'messages_missing',
  'quarantined',
  'deferred',
  'failing',
  'recovered',
  'import_finished',
  'import_stopped',
  'alert',
] as const;
export type MailboxEventKind = (typeof MAILBOX_EVENT_KINDS)[number];
