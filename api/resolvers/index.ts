import { Account } from './Account.ts';
import { Attachment } from './Attachment.ts';
import { BlacklistEntry } from './BlacklistEntry.ts';
import { Bounce } from './Bounce.ts';
import { BouncedAddress } from './BouncedAddress.ts';
import { Contact } from './Contact.ts';
import { ContactSource } from './ContactSource.ts';
import { Decision } from './Decision.ts';
import { DecisionCount } from './DecisionCount.ts';
import { Engagement } from './Engagement.ts';
import { Mailbox } from './Mailbox.ts';
import { MailboxError } from './MailboxError.ts';
import { MailProvider } from './MailProvider.ts';
import { MailSettings } from './MailSettings.ts';
import { MailboxEvent } from './MailboxEvent.ts';
import { MailboxFolder } from './MailboxFolder.ts';
import { Node } from './Node.ts';
import { Participant } from './Participant.ts';
import { Redecision } from './Redecision.ts';
import { PolicyEffect } from './PolicyEffect.ts';
import { PolicyPreview } from './PolicyPreview.ts';
import { Thread } from './Thread.ts';
import { UnknownCorrespondent } from './UnknownCorrespondent.ts';
import { User } from './User.ts';
import { Workspace } from './Workspace.ts';
import { enums } from './enums.ts';
import { acceptUnknownCorrespondent } from './Mutation/acceptUnknownCorrespondent.ts';
import { addBlacklistEntries } from './Mutation/addBlacklistEntries.ts';
import { addBlacklistEntry } from './Mutation/addBlacklistEntry.ts';
import { connectMailbox } from './Mutation/connectMailbox.ts';
import { createAccount } from './Mutation/createAccount.ts';
import { createContact } from './Mutation/createContact.ts';
import { deleteAccount } from './Mutation/deleteAccount.ts';
import { deleteContact } from './Mutation/deleteContact.ts';
import { deleteEngagement } from './Mutation/deleteEngagement.ts';
import { discardMessage } from './Mutation/discardMessage.ts';
import { disconnectMailbox } from './Mutation/disconnectMailbox.ts';
import { dismissUnknownCorrespondent } from './Mutation/dismissUnknownCorrespondent.ts';
import { importAccounts } from './Mutation/importAccounts.ts';
import { importBlacklist } from './Mutation/importBlacklist.ts';
import { importContacts } from './Mutation/importContacts.ts';
import { logNote } from './Mutation/logNote.ts';
import { pauseMailbox } from './Mutation/pauseMailbox.ts';
import { reconnectMailbox } from './Mutation/reconnectMailbox.ts';
import { redecideMessage } from './Mutation/redecideMessage.ts';
import { removeBlacklistEntry } from './Mutation/removeBlacklistEntry.ts';
import { restoreUnknownCorrespondent } from './Mutation/restoreUnknownCorrespondent.ts';
import { resumeMailbox } from './Mutation/resumeMailbox.ts';
import { retryFailedMessages } from './Mutation/retryFailedMessages.ts';
import { retryMessage } from './Mutation/retryMessage.ts';
import { setDefaultAccount } from './Mutation/setDefaultAccount.ts';
import { startMailboxAuthorization } from './Mutation/startMailboxAuthorization.ts';
import { stopMailboxImport } from './Mutation/stopMailboxImport.ts';
import { syncMailboxNow } from './Mutation/syncMailboxNow.ts';
import { testMailbox } from './Mutation/testMailbox.ts';
import { undoAutomaticContact } from './Mutation/undoAutomaticContact.ts';
import { updateAccount } from './Mutation/updateAccount.ts';
import { updateBlacklistEntry } from './Mutation/updateBlacklistEntry.ts';
import { updateContact } from './Mutation/updateContact.ts';
import { updateEngagement } from './Mutation/updateEngagement.ts';
import { updateMailbox } from './Mutation/updateMailbox.ts';
import { updateViewer } from './Mutation/updateViewer.ts';
import { updateWorkspace } from './Mutation/updateWorkspace.ts';
import { upsertAccounts } from './Mutation/upsertAccounts.ts';
import { upsertContacts } from './Mutation/upsertContacts.ts';
import { account } from './Query/account.ts';
import { accountByExternalId } from './Query/accountByExternalId.ts';
import { accounts } from './Query/accounts.ts';
import { blacklistEntries } from './Query/blacklistEntries.ts';
import { blacklistListPreview } from './Query/blacklistListPreview.ts';
import { blacklistPreview } from './Query/blacklistPreview.ts';
import { contact } from './Query/contact.ts';
import { contactByExternalId } from './Query/contactByExternalId.ts';
import { contacts } from './Query/contacts.ts';
import { decisionCounts } from './Query/decisionCounts.ts';
import { decisions } from './Query/decisions.ts';
import { engagement } from './Query/engagement.ts';
import { engagements } from './Query/engagements.ts';
import { mailbox } from './Query/mailbox.ts';
import { mailboxes } from './Query/mailboxes.ts';
import { mailSettings } from './Query/mailSettings.ts';
import { node } from './Query/node.ts';
import { nodes } from './Query/nodes.ts';
import { unknownCorrespondents } from './Query/unknownCorrespondents.ts';
import { redecisions } from './Query/redecisions.ts';
import { policyPreview } from './Query/policyPreview.ts';
import { threads } from './Query/threads.ts';
import { simulateMessage } from './Query/simulateMessage.ts';
import { viewer } from './Query/viewer.ts';
import { workspace } from './Query/workspace.ts';
import { whyMissing } from './Query/whyMissing.ts';
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
  Bounce,
  BouncedAddress,
  Contact,
  ContactSource,
  Decision,
  DecisionCount,
  Engagement,
  Mailbox,
  MailboxError,
  MailProvider,
  MailSettings,
  MailboxEvent,
  MailboxFolder,
  Node,
  Participant,
  Redecision,
  PolicyEffect,
  PolicyPreview,
  Thread,
  UnknownCorrespondent,
  User,
  Workspace,
  Mutation: {
    acceptUnknownCorrespondent,
    addBlacklistEntries,
    addBlacklistEntry,
    connectMailbox,
    createAccount,
    createContact,
    deleteAccount,
    deleteContact,
    deleteEngagement,
    discardMessage,
    disconnectMailbox,
    dismissUnknownCorrespondent,
    importAccounts,
    importBlacklist,
    importContacts,
    logNote,
    pauseMailbox,
    reconnectMailbox,
    redecideMessage,
    removeBlacklistEntry,
    restoreUnknownCorrespondent,
    resumeMailbox,
    retryFailedMessages,
    retryMessage,
    setDefaultAccount,
    startMailboxAuthorization,
    stopMailboxImport,
    syncMailboxNow,
    testMailbox,
    undoAutomaticContact,
    updateAccount,
    updateBlacklistEntry,
    updateContact,
    updateEngagement,
    updateMailbox,
    updateViewer,
    updateWorkspace,
    upsertAccounts,
    upsertContacts,
  },
  Query: {
    account,
    accountByExternalId,
    accounts,
    blacklistEntries,
    blacklistListPreview,
    blacklistPreview,
    contact,
    contactByExternalId,
    contacts,
    decisionCounts,
    decisions,
    engagement,
    engagements,
    mailbox,
    mailboxes,
    mailSettings,
    node,
    nodes,
    unknownCorrespondents,
    redecisions,
    policyPreview,
    threads,
    simulateMessage,
    viewer,
    whyMissing,
    workspace,
  },
};
