/** npm packages that the bench compares Mailroom with; they are none of ours and live in the user's cache. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from './find.js';
import { lastLines, runCommand } from './run-command.js';

const INSTALL_LIMIT_MS = 2 * 60_000;
const VERSIONS = { 'postal-mime': '4.0.0' };

/** The folder in which this package can be resolved. @param {keyof typeof VERSIONS} name */
export function peerPackage(name) {
  return join(dirname(cacheFolder()), 'peers', `${name}-${VERSIONS[name]}`);
}

/** @returns {Promise<string>} what is there, or why not */
export async function installPeerPackages() {
  const reports = [];
  for (const [name, version] of Object.entries(VERSIONS)) {
    const folder = peerPackage(name);
    if (!existsSync(join(folder, 'node_modules', name, 'package.json'))) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
      const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`];
      const { ok, output } = await runCommand('npm', args, {
        cwd: folder,
        timeoutMs: INSTALL_LIMIT_MS,
      });
      if (!ok) {
        reports.push(`${name} could not be installed:\n${lastLines(output)}`);
        continue;
      }
    }
    reports.push(`${name} ${version}`);
  }
  return reports.join(', ');
}
