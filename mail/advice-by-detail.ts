import type { FailureDetail } from './error-details.ts';

export interface Advice {
  /** What happened, in one sentence for a person who is no engineer. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}

const PORTS =
  'IMAP has port 993 with TLS or 143 with STARTTLS, POP3 has 995 with TLS or 110 with STARTTLS.';

/** The words of what exactly is wrong, at any provider. `{protocol}` is IMAP or POP3. */
export const DETAIL_ADVICE: Readonly<Record<FailureDetail, Advice>> = {
  access_disabled: {
    message: '{protocol} is switched off for this account.',
    advice:
      'Switch on {protocol} access in the settings of the mail account, or ask its administrator to allow it, then try again.',
  },
  app_password_required: {
    message: 'The provider wants an app password here, not the password of the account.',
    advice:
      'Create an app password in the security settings of the mail account and use it instead.',
  },
  oauth_required: {
    message: 'The provider takes no passwords from mail programs.',
    advice: 'Connect the mailbox by a login with the provider instead.',
  },
  web_login_required: {
    message: 'The provider wants to see the owner of the account in a browser first.',
    advice:
      'Sign in to the mail account in a browser, answer what the provider asks there, then try again.',
  },
  certificate_name: {
    message: 'The certificate of the mail server is for another name than this host.',
    advice:
      "Use the host name that the provider's help pages give. At hosters that is often the name of their server, not one in your own domain.",
  },
  certificate_expired: {
    message: 'The certificate of the mail server is not valid today.',
    advice: 'Whoever runs the mail server must renew its certificate.',
  },
  certificate_untrusted: {
    message: 'The certificate of the mail server comes from nobody who is generally trusted.',
    advice:
      'Whoever runs the mail server must install a certificate of a public authority, with its intermediate certificates.',
  },
  tls_on_plain_port: {
    message: 'This port of the mail server does not begin with TLS.',
    advice: `Choose STARTTLS for this port, or another port. ${PORTS}`,
  },
  plain_on_tls_port: {
    message: 'The mail server says nothing on this port without TLS.',
    advice: `Choose TLS for this port, or another port. ${PORTS}`,
  },
  starttls_missing: {
    message:
      'The mail server offers no encryption on this port, and no password goes there without.',
    advice: 'Choose TLS with port 993 for IMAP or 995 for POP3.',
  },
  other_protocol: {
    message: 'What answers on this port does not speak {protocol}.',
    advice: `Check the port. ${PORTS}`,
  },
  host_not_found: {
    message: 'There is no mail server of this name.',
    advice: "Check the host name for typing errors, or look it up in the provider's help pages.",
  },
  port_closed: {
    message: 'Nothing answers on this port of the mail server.',
    advice: `Check host name and port. ${PORTS}`,
  },
};
