import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ownFolder, writeOwnFile } from '../local/dovecot-files.ts';
import { unprivilegedUser } from '../local/unprivileged.ts';

const run = promisify(execFile);

export const PEERS = ['mbsync', 'offlineimap', 'getmail'] as const;
export type Peer = (typeof PEERS)[number];

export interface PeerMailbox {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** A folder of this peer's own. */
  readonly folder: string;
}

/**
 * Fetches the whole INBOX into an empty Maildir, as these programs do with settings as their manuals give them. Not as
 * root, which getmail refuses.
 */
export async function fetchWith(peer: Peer, mailbox: PeerMailbox): Promise<{ seconds: number }> {
  const { folder } = mailbox;
  const user = unprivilegedUser();
  rmSync(folder, { recursive: true, force: true });
  const parts =
    peer === 'getmail' ? ['', 'mail', 'mail/cur', 'mail/new', 'mail/tmp'] : ['', 'mail'];
  for (const part of parts) ownFolder(join(folder, part), user);
  writeOwnFile(join(folder, 'config'), CONFIGURATIONS[peer](mailbox), user);
  const [command, ...args] = COMMANDS[peer](folder);
  const startedAt = performance.now();
  await run(command, args, {
    ...user,
    cwd: folder,
    env: { ...process.env, HOME: folder },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { seconds: (performance.now() - startedAt) / 1000 };
}

const COMMANDS: Readonly<Record<Peer, (folder: string) => readonly [string, ...string[]]>> = {
  mbsync: (folder) => ['mbsync', '--quiet', '--config', `${folder}/config`, 'bench'],
  offlineimap: (folder) => ['offlineimap', '-o', '-1', '-u', 'quiet', '-c', `${folder}/config`],
  getmail: (folder) => ['getmail', '--quiet', '--getmaildir', folder, '--rcfile', 'config'],
};

const CONFIGURATIONS: Readonly<Record<Peer, (mailbox: PeerMailbox) => string>> = {
  mbsync: ({ port, user, password, folder }) => `
IMAPAccount bench
Host 127.0.0.1
Port ${port}
User ${user}
Pass ${password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account bench

MaildirStore near
Path ${folder}/mail/
Inbox ${folder}/INBOX

Channel bench
Far :far:INBOX
Near :near:INBOX
Sync Pull
Create Near
SyncState ${folder}/
`,
  offlineimap: ({ port, user, password, folder }) => `
[general]
accounts = bench
metadata = ${folder}/metadata

[Account bench]
localrepository = near
remoterepository = far

[Repository near]
type = Maildir
localfolders = ${folder}/mail

[Repository far]
type = IMAP
remotehost = 127.0.0.1
remoteport = ${port}
remoteuser = ${user}
remotepass = ${password}
ssl = no
starttls = no
folderfilter = lambda name: name == 'INBOX'
readonly = True
`,
  getmail: ({ port, user, password, folder }) => `
[retriever]
type = SimpleIMAPRetriever
server = 127.0.0.1
port = ${port}
username = ${user}
password = ${password}

[destination]
type = Maildir
path = ${folder}/mail/

[options]
read_all = true
delete = false
`,
};
