import { Account } from './Account.ts';
import { Attachment } from './Attachment.ts';
import { BlacklistEntry } from './BlacklistEntry.ts';
import { Contact } from './Contact.ts';
import { ContactSource } from './ContactSource.ts';
import { Decision } from './Decision.ts';
import { Engagement } from './Engagement.ts';
import { Mailbox } from './Mailbox.ts';
import { MailboxError } from './MailboxError.ts';
import { MailProvider } from './MailProvider.ts';
import { MailSettings } from './MailSettings.ts';
import { MailboxEvent } from './MailboxEvent.ts';
import { MailboxFolder } from './MailboxFolder.ts';
import { Node } from './Node.ts';
import { Participant } from './Participant.ts';
import { Thread } from './Thread.ts';
import { User } from './User.ts';
import { Workspace } from './Workspace.ts';
import { enums } from './enums.ts';
import { addBlacklistEntry } from './Mutation/addBlacklistEntry.ts';
import { connectMailbox } from './Mutation/connectMailbox.ts';
import { createAccount } from './Mutation/createAccount.ts';
import { createContact } from './Mutation/createContact.ts';
import { deleteAccount } from './Mutation/deleteAccount.ts';
import { deleteContact } from './Mutation/deleteContact.ts';
import { deleteEngagement } from './Mutation/deleteEngagement.ts';
import { discardMessage } from './Mutation/discardMessage.ts';
import { disconnectMailbox } from './Mutation/disconnectMailbox.ts';
import { pauseMailbox } from './Mutation/pauseMailbox.ts';
import { reconnectMailbox } from './Mutation/reconnectMailbox.ts';
import { removeBlacklistEntry } from './Mutation/removeBlacklistEntry.ts';
import { resumeMailbox } from './Mutation/resumeMailbox.ts';
import { retryFailedMessages } from './Mutation/retryFailedMessages.ts';
import { retryMessage } from './Mutation/retryMessage.ts';
import { setDefaultAccount } from './Mutation/setDefaultAccount.ts';
import { startMailboxAuthorization } from './Mutation/startMailboxAuthorization.ts';
import { stopMailboxImport } from './Mutation/stopMailboxImport.ts';
import { syncMailboxNow } from './Mutation/syncMailboxNow.ts';
import { testMailbox } from './Mutation/testMailbox.ts';
import { updateAccount } from './Mutation/updateAccount.ts';
import { updateContact } from './Mutation/updateContact.ts';
import { updateMailbox } from './Mutation/updateMailbox.ts';
import { account } from './Query/account.ts';
import { accounts } from './Query/accounts.ts';
import { blacklistEntries } from './Query/blacklistEntries.ts';
import { blacklistPreview } from './Query/blacklistPreview.ts';
import { contact } from './Query/contact.ts';
import { contacts } from './Query/contacts.ts';
import { decisions } from './Query/decisions.ts';
import { engagement } from './Query/engagement.ts';
import { engagements } from './Query/engagements.ts';
import { mailbox } from './Query/mailbox.ts';
import { mailboxes } from './Query/mailboxes.ts';
import { mailSettings } from './Query/mailSettings.ts';
import { node } from './Query/node.ts';
import { nodes } from './Query/nodes.ts';
import { viewer } from './Query/viewer.ts';
import { DateTime, EmailAddress, Octets, UInt32 } from './scalars.ts';
import type { Resolvers } from '../schema.generated.ts';

/** Every field that is not a plain property of its value. */
export const resolvers: Resolvers = {
  ...enums,
  DateTime,
  EmailAddress,
  Octets,
  UInt32,
  Account,
  Attachment,
  BlacklistEntry,
  Contact,
  ContactSource,
  Decision,
  Engagement,
  Mailbox,
  MailboxError,
  MailProvider,
  MailSettings,
  MailboxEvent,
  MailboxFolder,
  Node,
  Participant,
  Thread,
  User,
  Workspace,
  Mutation: {
    addBlacklistEntry,
    connectMailbox,
    createAccount,
    createContact,
    deleteAccount,
    deleteContact,
    deleteEngagement,
    discardMessage,
    disconnectMailbox,
    pauseMailbox,
    reconnectMailbox,
    removeBlacklistEntry,
    resumeMailbox,
    retryFailedMessages,
    retryMessage,
    setDefaultAccount,
    startMailboxAuthorization,
    stopMailboxImport,
    syncMailboxNow,
    testMailbox,
    updateAccount,
    updateContact,
    updateMailbox,
  },
  Query: {
    account,
    accounts,
    blacklistEntries,
    blacklistPreview,
    contact,
    contacts,
    decisions,
    engagement,
    engagements,
    mailbox,
    mailboxes,
    mailSettings,
    node,
    nodes,
    viewer,
  },
};
