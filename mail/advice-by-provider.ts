/** Where our users find at their provider what a refused login wants of them. `{protocol}` is IMAP or POP3. */
export interface ProviderAdvice {
  /** When user name or password is refused. */
  readonly password: string;
  /** When access by mail programs is switched off. */
  readonly access?: string;
  /** When the provider wants to see the person first. */
  readonly browser?: string;
}

const THEN = 'Then try again.';

/** By id of the provider profile; in its own terms, as its pages name things. */
export const PROVIDER_ADVICE: Readonly<Record<string, ProviderAdvice>> = {
  gmail: {
    password:
      'Gmail takes no ordinary passwords from mail programs. Connect the mailbox with Google, or switch on 2-Step Verification, create an app password at myaccount.google.com/apppasswords and use that.',
    access: `In Gmail, open Settings, See all settings, Forwarding and POP/IMAP, and switch on {protocol}. In Google Workspace an administrator may have to allow it first. ${THEN}`,
    browser:
      'Sign in to Gmail in a browser and confirm there that it was you. If it happens again, connect the mailbox with Google or use an app password.',
  },
  outlook: {
    password:
      'Microsoft takes no passwords from mail programs any more, app passwords included. Connect the mailbox with Microsoft instead.',
    access: `In Microsoft 365 an administrator must allow {protocol} for the mailbox: Exchange admin center, Mailboxes, Manage email apps settings. At Outlook.com switch it on in Settings, Mail, Forwarding and IMAP. ${THEN}`,
  },
  yahoo: {
    password:
      'Yahoo takes only app passwords from mail programs: create one in Account Info, Security, Generate app password, and use it instead of your own.',
  },
  aol: {
    password:
      'AOL takes only app passwords from mail programs: create one in Account Info, Security, Generate app password, and use it instead of your own.',
  },
  icloud: {
    password:
      'Apple takes only app-specific passwords from mail programs: create one at account.apple.com, Sign-In and Security, App-Specific Passwords. The user name is what stands before the @ of the iCloud address.',
  },
  fastmail: {
    password:
      'Fastmail takes only app passwords from mail programs: create one with access to mail in Settings, Privacy & Security, App passwords.',
    access:
      'The app password does not include {protocol}, or the plan does not. Create one with access to mail in Settings, Privacy & Security, App passwords.',
  },
  zoho: {
    password:
      'With two-factor authentication Zoho wants an app-specific password: create one at accounts.zoho.com, Security, App Passwords. The server must be that of your region, for example imap.zoho.eu.',
    access: `In Zoho Mail, open Settings, Mail Accounts, and switch on {protocol} access. Free plans may not have it. ${THEN}`,
  },
  yandex: {
    password:
      'Yandex takes only app passwords from mail programs, and only after {protocol} was switched on: do so in Mail, All settings, Email clients, and create an app password for mail at id.yandex.com, Security.',
    access: `In Yandex Mail, open All settings, Email clients, and allow {protocol} with app passwords. ${THEN}`,
  },
  mailru: {
    password:
      'Mail.ru takes only passwords for external applications: create one at account.mail.ru, Security, Passwords for external applications.',
    access: `Create a password with access by {protocol} at account.mail.ru, Security, Passwords for external applications, and use it instead of your own.`,
  },
  gmx: {
    password:
      'Check the password, and switch on {protocol} in GMX: E-Mail, Settings, POP3 & IMAP. With two-factor authentication GMX wants an application-specific password, made in My Account, Security.',
    access: `Switch on {protocol} in GMX: E-Mail, Settings, POP3 & IMAP, allow access by other programs. ${THEN}`,
  },
  webde: {
    password:
      'Check the password, and switch on {protocol} in WEB.DE: E-Mail, Einstellungen, POP3/IMAP Abruf. With two-factor authentication WEB.DE wants an application-specific password, made in Mein Account, Sicherheit.',
    access: `Switch on {protocol} in WEB.DE: E-Mail, Einstellungen, POP3/IMAP Abruf. ${THEN}`,
  },
  '163': {
    password:
      'NetEase wants an authorization code instead of the password: in the web mail, open Settings, POP3/SMTP/IMAP, switch on {protocol}, and use the code that is shown there.',
    access: `In the web mail, open Settings, POP3/SMTP/IMAP, and switch on {protocol}. Use the authorization code that is shown there as password.`,
  },
  qq: {
    password:
      'QQ Mail wants an authorization code instead of the password: in the web mail, open Settings, Account, switch on {protocol}, and use the code that is shown there.',
    access: `In the web mail, open Settings, Account, and switch on {protocol}. Use the authorization code that is shown there as password.`,
  },
};
