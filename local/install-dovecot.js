import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findDovecot, findOnPath } from './find.js';
import { print, withProgress } from './progress.js';
import { lastLines, runCommand } from './run-command.js';
import { SetupError } from './setup-error.js';

const PACKAGES = ['dovecot-imapd', 'dovecot-pop3d'];

/** Debian asks this file before it starts a service; 101 means "not here". */
const SERVICE_POLICY = '/usr/sbin/policy-rc.d';

export async function installDovecot() {
  if (!findDovecot() && process.getuid?.() === 0 && findOnPath('apt-get')) {
    await withoutServices(() => aptInstall('Dovecot', PACKAGES));
  }
  const binary = findDovecot();
  if (!binary) {
    throw new SetupError(
      `No Dovecot was found: install it (on Debian and Ubuntu: sudo apt-get install ${PACKAGES.join(' ')}).`,
    );
  }
  const { output } = await runCommand(binary, ['--version'], { timeoutMs: 20_000 });
  return output.trim();
}

/**
 * Installs Debian packages; what fails is told, and whoever needs them finds that they are missing.
 *
 * @param {string} what
 * @param {readonly string[]} packages
 */
export async function aptInstall(what, packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const steps = [
    ['reading the package lists (apt-get update)', ['update']],
    [
      `installing ${what} (apt-get install)`,
      ['install', '-y', '--no-install-recommends', ...packages],
    ],
  ];
  for (const [label, args] of steps) {
    const { ok, output } = await withProgress(label, runCommand('apt-get', args, { env }));
    if (!ok) print(`  apt-get ${args[0]} failed:\n${lastLines(output)}`);
  }
}

/** @param {() => Promise<void>} work */
async function withoutServices(work) {
  const ours = !existsSync(SERVICE_POLICY);
  if (ours) writeFileSync(SERVICE_POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (ours) rmSync(SERVICE_POLICY, { force: true });
  }
}
