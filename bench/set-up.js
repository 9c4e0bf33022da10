/**
 * Installs what the bench compares Mailroom with, from Debian: mbsync, offlineimap, getmail, and Dovecot; from npm: postal-mime. Plain
 * JavaScript like local/setup.js, which it does not replace. Never part of `npm test`.
 */
import { findOnPath } from '../local/find.js';
import { aptInstall, installDovecot } from '../local/install-dovecot.js';
import { installPeerPackages } from '../local/peer-packages.js';
import { print } from '../local/progress.js';

/** Programs by the Debian package that brings them. */
const PEERS = { isync: 'mbsync', offlineimap3: 'offlineimap', getmail6: 'getmail' };

const missing = () => Object.keys(PEERS).filter((name) => !findOnPath(PEERS[name]));

print(`Dovecot       ${await installDovecot()}`);
print(`npm           ${await installPeerPackages()}`);
if (missing().length > 0) await aptInstall('the programs to compare with', missing());
for (const [name, command] of Object.entries(PEERS)) {
  print(`${command.padEnd(13)} ${findOnPath(command) ?? `missing: apt-get install ${name}`}`);
}
if (missing().length > 0) process.exitCode = 1;
