import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from './find.js';
import { SetupError } from './setup-error.js';
import type { User } from './unprivileged.ts';

export interface MailUser {
  readonly user: string;
  readonly password: string;
}

/** Makes a folder that `owner` owns. */
export function ownFolder(path: string, owner: User | undefined, mode = 0o700): string {
  mkdirSync(path, { recursive: true, mode });
  if (owner) chownSync(path, owner.uid, owner.gid);
  return path;
}

export function writeOwnFile(path: string, content: string, owner: User | undefined): void {
  writeFileSync(path, content, { mode: 0o600 });
  if (owner) chownSync(path, owner.uid, owner.gid);
}

/** The users file. The server reads it again when its size or its time in whole seconds changed. */
export function writeUsers(
  path: string,
  passwords: ReadonlyMap<string, string>,
  owner: User | undefined,
): void {
  const before = existsSync(path) ? statSync(path).mtimeMs : 0;
  const lines = [...passwords].map(
    ([user, password]) => `${user}:{PLAIN.b64}${Buffer.from(password).toString('base64')}\n`,
  );
  writeOwnFile(path, lines.join(''), owner);
  const time = new Date(Math.max(Date.now(), before + 1_000));
  utimesSync(path, time, time);
}

/** A certificate for localhost, made once. Dovecot itself depends on openssl, so it is there. */
export function makeCertificate(dir: string, owner: User | undefined): void {
  const certificate = join(dir, 'certificate.pem');
  const key = join(dir, 'key.pem');
  if (existsSync(certificate) && existsSync(key)) return;
  const openssl = findOnPath('openssl');
  if (!openssl)
    throw new SetupError('No openssl was found: install it, Dovecot needs a certificate.');
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const keyArguments = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key];
  execFileSync(
    openssl,
    [
      'req',
      '-x509',
      ...keyArguments,
      '-out',
      certificate,
      '-days',
      '3650',
      '-subj',
      '/CN=localhost',
      '-addext',
      names,
    ],
    { stdio: 'pipe' },
  );
  if (owner) for (const file of [certificate, key]) chownSync(file, owner.uid, owner.gid);
}
