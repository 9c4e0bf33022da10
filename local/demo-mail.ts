import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO_USERS } from './demo/run.ts';
import { startDovecot } from './dovecot.ts';
import type { Dovecot } from './dovecot.ts';
import { findDovecot } from './find.js';
import type { RememberedPorts } from './ports.ts';
import type { Surroundings } from './processes.ts';
import { SetupError } from './setup-error.js';
import { keepRunning } from './supervise.ts';

/** The mail server of the demo, with the mailboxes of its people. */
export async function startDemoMail(
  localDir: string,
  ports: RememberedPorts,
  surroundings: Surroundings,
): Promise<Dovecot> {
  if (!findDovecot()) install();
  const dovecot = await startDovecot({
    ...surroundings,
    dir: join(localDir, 'mail'),
    users: DEMO_USERS,
    ports: {
      imap: await ports.choose('imap'),
      imaps: await ports.choose('imaps'),
      pop3: await ports.choose('pop3'),
    },
  });
  keepRunning(dovecot.process, surroundings.print);
  return dovecot;
}

/** `npm start` hands `--demo` to us only, so the setup before it did not know. */
function install(): void {
  const setup = fileURLToPath(new URL('setup.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [setup, '--demo'], { stdio: 'inherit' });
  if (status !== 0) throw new SetupError('The demo needs Dovecot, see above.');
}
