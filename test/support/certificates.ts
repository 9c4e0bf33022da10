import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTempFolder } from './temp-folder.ts';

/** A self-signed certificate and its key (PEM); who trusts `cert` as its authority trusts the server. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  /** As in a subjectAltName. */
  readonly names?: string;
  /** As `openssl ca` wants them: YYYYMMDDHHMMSSZ. */
  readonly from?: string;
  readonly until?: string;
}

/** Made by `openssl ca`, which alone makes certificates that have expired already. */
export function makeCertificate(options: CertificateOptions = {}): Certificate {
  const { names = 'DNS:localhost,IP:127.0.0.1', from, until } = options;
  using folder = makeTempFolder('certificate');
  const file = (name: string): string => join(folder.path, name);
  writeFileSync(file('index'), '');
  writeFileSync(file('serial'), '01');
  writeFileSync(file('config'), configuration(folder.path, names));
  const openssl = (...args: readonly string[]): unknown =>
    execFileSync('openssl', args, { stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const request = ['-keyout', file('key'), '-out', file('request'), '-subj', '/CN=localhost'];
  openssl('req', '-new', ...newKey, ...request);
  const validity = [
    '-startdate',
    from ?? '20260101000000Z',
    '-enddate',
    until ?? '20990101000000Z',
  ];
  const signing = ['-keyfile', file('key'), '-in', file('request'), '-out', file('cert')];
  openssl(
    'ca',
    '-batch',
    '-notext',
    '-selfsign',
    '-config',
    file('config'),
    ...signing,
    ...validity,
  );
  return { cert: readFileSync(file('cert'), 'utf8'), key: readFileSync(file('key'), 'utf8') };
}

function configuration(folder: string, names: string): string {
  return `
[ca]
default_ca = authority
[authority]
database = ${folder}/index
serial = ${folder}/serial
new_certs_dir = ${folder}
default_md = sha256
policy = policy
x509_extensions = extensions
[policy]
commonName = supplied
[extensions]
subjectAltName = ${names}
`;
}
