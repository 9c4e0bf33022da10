import type { ProviderLimits, ProviderProfile, ProviderServer } from './provider.ts';

const MB = 1_000_000;

/**
 * Our own caution where a provider publishes nothing. Interval: Google recommends 15 minutes and suspends accounts
 * that are checked too often (support.google.com/a/answer/1359240). Octets: what Google allows by POP3, the least that
 * anybody publishes. Logins: twelve visits an hour at the shortest interval, downloads, and a person pressing a button.
 */
const CAUTIOUS: ProviderLimits = {
  pollEveryMinutes: 15,
  minPollMinutes: 5,
  imapBytesPerDay: 1250 * MB,
  pop3BytesPerDay: 1250 * MB,
  loginsPerHour: 30,
  connectionsPerHost: 50,
  connectsPerSecond: 2,
  watchedPerHost: 25,
};

/** Farms that serve millions: 10,000 mailboxes every 15 minutes are 11 connects a second, about 25 at a time. */
const LARGE: ProviderLimits = {
  ...CAUTIOUS,
  connectionsPerHost: 400,
  connectsPerSecond: 12,
  watchedPerHost: 300,
};

/** Hosts and ports: thunderbird/autoconfig `ispdb/`, except Fastmail's (its own help pages). */
export const PROVIDERS: readonly ProviderProfile[] = [
  {
    id: 'gmail',
    name: 'Gmail',
    hosts: ['imap.gmail.com', 'pop.gmail.com', 'imap.googlemail.com', 'pop.googlemail.com'],
    domains: ['gmail.com', 'googlemail.com'],
    mxHosts: ['.google.com', '.googlemail.com'],
    ...servers('imap.gmail.com', 'pop.gmail.com', tls('smtp.gmail.com', 465)),
    auth: ['google', 'app_password'],
    // 2500 MB a day by IMAP, 1250 MB by POP3: support.google.com/a/answer/1071518.
    limits: { ...LARGE, imapBytesPerDay: 2500 * MB, pop3BytesPerDay: 1250 * MB },
    // Sessions with OAuth end with the token: developers.google.com/workspace/gmail/imap/imap-smtp.
    quirks: { gmailExtensions: true, sessionMinutes: 60 },
  },
  {
    // One profile: both are behind the same hosts, and limits are counted per host.
    id: 'outlook',
    name: 'Microsoft 365 or Outlook.com',
    hosts: ['outlook.office365.com', 'outlook.office.com', '.outlook.com'],
    domains: [
      ...['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'outlook.de', 'outlook.fr'],
      ...['hotmail.co.uk', 'hotmail.fr', 'hotmail.de', 'hotmail.it', 'hotmail.es'],
      ...['live.co.uk', 'live.fr', 'live.de', 'live.nl', 'outlook.es', 'outlook.it'],
    ],
    mxHosts: ['.protection.outlook.com', '.mx.microsoft'],
    ...servers(
      'outlook.office365.com',
      'outlook.office365.com',
      starttls('smtp.office365.com', 587),
    ),
    variants: [
      {
        at: ['.olc.protection.outlook.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
        smtp: 'smtp-mail.outlook.com',
      },
    ],
    // Passwords ended in 2022 (Exchange Online) and on 2024-09-16 (Outlook.com).
    auth: ['microsoft'],
    // No figures published; throttles by its own measure and names the time (imapsync#272).
    limits: { ...LARGE, imapBytesPerDay: 2500 * MB },
    // MailKit#1494. A session limit may come as a bare NO to AUTHENTICATE (imapflow#314).
    quirks: { falseRefusals: true, noCondstore: true, noSpecialUse: true, sessionMinutes: 60 },
  },
  {
    id: 'yahoo',
    name: 'Yahoo Mail',
    hosts: ['.mail.yahoo.com'],
    domains: [
      ...['yahoo.com', 'ymail.com', 'rocketmail.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de'],
      ...['yahoo.it', 'yahoo.es', 'yahoo.ca', 'yahoo.in', 'yahoo.co.in', 'yahoo.com.br'],
      ...['yahoo.com.au', 'yahoo.com.mx', 'yahoo.com.ar', 'yahoo.ie', 'myyahoo.com'],
    ],
    mxHosts: ['.yahoodns.net'],
    ...servers('imap.mail.yahoo.com', 'pop.mail.yahoo.com', tls('smtp.mail.yahoo.com', 465)),
    auth: ['app_password'],
    // Limits each kind of command: `NO [LIMIT] … Rate limit hit.` (imapflow#75).
    limits: { ...CAUTIOUS, loginsPerHour: 20 },
    quirks: {},
  },
  {
    id: 'aol',
    name: 'AOL Mail',
    hosts: ['imap.aol.com', 'pop.aol.com', 'export.imap.aol.com'],
    domains: ['aol.com', 'aim.com', 'aol.co.uk', 'aol.de', 'aol.fr', 'verizon.net', 'netscape.net'],
    mxHosts: ['mx-aol.mail.gm0.yahoodns.net'],
    ...servers('imap.aol.com', 'pop.aol.com', tls('smtp.aol.com', 465)),
    auth: ['app_password'],
    // The same servers as Yahoo's.
    limits: { ...CAUTIOUS, loginsPerHour: 20 },
    quirks: {},
  },
  {
    id: 'icloud',
    name: 'iCloud Mail',
    hosts: ['.mail.me.com'],
    domains: ['icloud.com', 'me.com', 'mac.com'],
    mxHosts: ['.mail.icloud.com'],
    ...servers('imap.mail.me.com', null, starttls('smtp.mail.me.com', 587)),
    auth: ['app_password'],
    limits: CAUTIOUS,
    quirks: { localPartAsUser: true },
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    hosts: ['.fastmail.com', '.messagingengine.com'],
    domains: ['fastmail.com', 'fastmail.fm', 'fastmail.co.uk', 'fastmail.de', 'sent.com'],
    mxHosts: ['.messagingengine.com'],
    ...servers('imap.fastmail.com', 'pop.fastmail.com', tls('smtp.fastmail.com', 465)),
    auth: ['app_password'],
    limits: CAUTIOUS,
    quirks: {},
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    hosts: ['.zoho.com', '.zoho.eu', '.zoho.in', '.zoho.com.au', '.zoho.jp', '.zohocloud.ca'],
    domains: ['zoho.com', 'zohomail.com'],
    mxHosts: ['.zoho.com', '.zoho.eu', '.zoho.in', '.zoho.com.au', '.zoho.jp', '.zohocloud.ca'],
    ...servers('imap.zoho.com', 'pop.zoho.com', tls('smtp.zoho.com', 465)),
    // Domains of organisations have servers of their own, in the region of their MX.
    variants: ['zoho.com', 'zoho.eu', 'zoho.in', 'zoho.com.au', 'zoho.jp', 'zohocloud.ca'].map(
      (region) => ({
        at: [`.${region}`],
        imap: `imappro.${region}`,
        pop3: `poppro.${region}`,
        smtp: `smtppro.${region}`,
      }),
    ),
    auth: ['app_password', 'password'],
    // About 3 sessions per account, more are closed without a word (maathimself/mailflow v4.5.1).
    limits: { ...CAUTIOUS, loginsPerHour: 20 },
    quirks: {},
  },
  {
    id: 'yandex',
    name: 'Yandex Mail',
    hosts: ['.yandex.com', '.yandex.ru', '.yandex.net', '.yandex.com.tr'],
    domains: [
      ...['yandex.com', 'yandex.ru', 'ya.ru', 'yandex.by', 'yandex.kz', 'yandex.ua'],
      ...['yandex.com.tr', 'narod.ru'],
    ],
    mxHosts: ['.yandex.net', '.yandex.ru'],
    ...servers('imap.yandex.com', 'pop.yandex.com', tls('smtp.yandex.com', 465)),
    auth: ['app_password'],
    // Takes odd access for a break-in and closes the account (node-imap#782).
    limits: { ...CAUTIOUS, loginsPerHour: 20, connectsPerSecond: 1 },
    quirks: {},
  },
  {
    id: 'mailru',
    name: 'Mail.ru',
    hosts: ['imap.mail.ru', 'pop.mail.ru'],
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru', 'internet.ru'],
    mxHosts: ['mxs.mail.ru', 'emx.mail.ru'],
    ...servers('imap.mail.ru', 'pop.mail.ru', tls('smtp.mail.ru', 465)),
    auth: ['app_password'],
    limits: CAUTIOUS,
    quirks: {},
  },
  {
    id: 'gmx',
    name: 'GMX',
    hosts: ['imap.gmx.net', 'pop.gmx.net', 'imap.gmx.com', 'pop.gmx.com'],
    domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr'],
    mxHosts: ['.gmx.net', '.gmx.com'],
    ...servers('imap.gmx.net', 'pop.gmx.net', tls('mail.gmx.net', 465)),
    variants: [
      {
        at: ['gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr', '.gmx.com'],
        imap: 'imap.gmx.com',
        pop3: 'pop.gmx.com',
        smtp: 'mail.gmx.com',
      },
    ],
    auth: ['password', 'app_password'],
    limits: CAUTIOUS,
    quirks: {},
  },
  {
    id: 'webde',
    name: 'WEB.DE',
    hosts: ['imap.web.de', 'pop3.web.de'],
    domains: ['web.de'],
    mxHosts: ['.web.de'],
    ...servers('imap.web.de', 'pop3.web.de', starttls('smtp.web.de', 587)),
    auth: ['password', 'app_password'],
    limits: CAUTIOUS,
    quirks: {},
  },
  {
    id: '163',
    name: 'NetEase Mail (163, 126, yeah)',
    hosts: ['imap.163.com', 'pop.163.com', '.126.com', '.yeah.net'],
    domains: ['163.com', '126.com', 'yeah.net'],
    mxHosts: ['.mxmail.netease.com'],
    ...servers('imap.163.com', 'pop.163.com', tls('smtp.163.com', 465)),
    variants: ['126.com', 'yeah.net'].map((domain) => ({
      at: [domain],
      imap: `imap.${domain}`,
      pop3: `pop.${domain}`,
      smtp: `smtp.${domain}`,
    })),
    auth: ['app_password'],
    limits: CAUTIOUS,
    // SELECT is refused with `Unsafe Login` to clients without ID (pimalaya/himalaya#651).
    quirks: { needsId: true, noCondstore: true, noSpecialUse: true },
  },
  {
    id: 'qq',
    name: 'QQ Mail',
    hosts: ['imap.qq.com', 'pop.qq.com', '.exmail.qq.com'],
    domains: ['qq.com', 'vip.qq.com', 'foxmail.com'],
    mxHosts: ['.qq.com'],
    ...servers('imap.qq.com', 'pop.qq.com', tls('smtp.qq.com', 465)),
    // Tencent Exmail, for the domains of organisations.
    variants: [
      {
        at: ['mxbiz1.qq.com', 'mxbiz2.qq.com'],
        imap: 'imap.exmail.qq.com',
        pop3: 'pop.exmail.qq.com',
        smtp: 'smtp.exmail.qq.com',
      },
    ],
    auth: ['app_password'],
    limits: CAUTIOUS,
    quirks: { noCondstore: true, noSpecialUse: true },
  },
];

/**
 * Every other server: Dovecot and cPanel at hosters, companies' own. Connections: hosters allow 10-30 per user and
 * address (Dovecot's `mail_max_userip_connections`). Connects: 900 mailboxes of one company in 15 minutes; cheap hosters
 * allow 20 a minute and answer "wrong password" to more (node-imap#606), which a burst of that many mailboxes may meet:
 * a refusal is asked about once more before anybody is bothered. Logins are generous: a person presses a button.
 */
export const GENERIC: ProviderProfile = {
  id: 'generic',
  name: 'the mail server',
  hosts: [],
  domains: [],
  mxHosts: [],
  imap: null,
  pop3: null,
  smtp: null,
  auth: ['password'],
  limits: {
    ...CAUTIOUS,
    imapBytesPerDay: 2500 * MB,
    loginsPerHour: 120,
    connectionsPerHost: 20,
    connectsPerSecond: 1,
    watchedPerHost: 10,
  },
  quirks: { falseRefusals: true },
};

/** On this machine, where configuration allows it: demo, tests, bench. Nobody else's server is protected there. */
export const LOCAL_LIMITS: ProviderLimits = { ...GENERIC.limits, connectsPerSecond: 20 };

type Servers = Pick<ProviderProfile, 'imap' | 'pop3' | 'smtp'>;

function servers(imap: string, pop3: string | null, smtp: ProviderServer): Servers {
  return { imap: tls(imap, 993), pop3: pop3 === null ? null : tls(pop3, 995), smtp };
}

function tls(host: string, port: number): ProviderServer {
  return { host, port, security: 'tls' };
}

function starttls(host: string, port: number): ProviderServer {
  return { host, port, security: 'starttls' };
}
