import { join } from 'node:path';
import { startDovecot } from '../../local/dovecot.ts';
import type { Dovecot, DovecotOptions } from '../../local/dovecot.ts';
import { makeTempFolder } from './temp-folder.ts';

export type TestDovecotOptions = Partial<
  Pick<DovecotOptions, 'users' | 'maxConnectionsPerUser' | 'extraConfig'>
>;

/** A mail server of one's own, in under half a second; without options `ana` with `secret` is in. */
export async function startTestDovecot(options: TestDovecotOptions = {}): Promise<Dovecot> {
  const folder = makeTempFolder('dovecot');
  const onStopped = (): void => folder[Symbol.dispose]();
  try {
    return await startDovecot({
      users: [{ user: 'ana', password: 'secret' }],
      ...options,
      dir: join(folder.path, 'mail'),
      logDir: join(folder.path, 'logs'),
      print: () => undefined,
      // Its own goodbye takes a second, and nobody reads this mail again.
      stopSignal: 'SIGKILL',
      onStopped,
    });
  } catch (error) {
    onStopped();
    throw error;
  }
}
