export interface DovecotPorts {
  readonly imap: number;
  readonly imaps: number;
  readonly pop3: number;
}

export interface DovecotConfig {
  /** Holds everything but the sockets. */
  readonly dir: string;
  /** For the sockets: a short path, as their names may have at most 107 bytes (unix(7)). */
  readonly socketDir: string;
  readonly ports: DovecotPorts;
  readonly user: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
  readonly maxConnectionsPerUser: number;
  /** Appended as it is; later settings win. */
  readonly extraConfig: string;
}

const SPECIAL_FOLDERS = ['Drafts', 'Sent', 'Junk', 'Trash', 'Archive'];

/** Everything runs as one unprivileged user, in one folder, on loopback (syntax of Dovecot 2.3). */
export function dovecotConfig(config: DovecotConfig): string {
  const { dir, socketDir, user, group } = config;
  return `
base_dir = ${socketDir}
state_dir = ${dir}/state
log_path = /dev/stderr
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
listen = 127.0.0.1
protocols = imap pop3
ssl = yes
ssl_cert = <${dir}/certificate.pem
ssl_key = <${dir}/key.pem
# Clear text is wanted here: everything is on loopback.
disable_plaintext_auth = no
auth_mechanisms = plain login
# Tests log in with wrong passwords on purpose; a changed password counts at once.
auth_failure_delay = 0
auth_cache_size = 0
mail_max_userip_connections = ${config.maxConnectionsPerUser}
mail_location = maildir:~/Maildir:LAYOUT=fs:UTF-8
mail_fsync = never
first_valid_uid = 1
${authentication(config)}
${namespace()}
${services(config.ports)}
${config.extraConfig}
`;
}

function authentication({ dir, uid, gid }: DovecotConfig): string {
  return `
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${dir}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${dir}/home/%u
}`;
}

function namespace(): string {
  const folders = SPECIAL_FOLDERS.map(
    (name) => `  mailbox ${name} {\n    special_use = \\${name}\n    auto = create\n  }`,
  );
  return `namespace inbox {\n  inbox = yes\n  separator = /\n${folders.join('\n')}\n}`;
}

/** An ordinary user may not chroot, and needs no penalty for logins that fail. */
function services(ports: DovecotPorts): string {
  return `
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  service_count = 0
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service pop3-login {
  chroot =
  service_count = 0
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = 0
  }
}
service stats {
  chroot =
}`;
}
