import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../drizzle/migrate.ts';
import { startDovecot, type Dovecot } from '../local/dovecot.ts';
import { startPostgres } from '../local/postgres.ts';
import type { ManagedProcess } from '../local/processes.ts';
import { startTemporal } from '../local/temporal.ts';
import { runProduct, type Product } from '../test/support/run-product.ts';
import { makeTempFolder } from '../test/support/temp-folder.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
import type { Options } from './options.ts';

export const MAIL_USER = { user: 'ana', password: 'secret' };

/** Everything of one bench run, in one folder that is gone afterwards. */
export interface Bench extends AsyncDisposable {
  readonly folder: string;
  readonly product: Product;
  readonly dovecot: Dovecot;
  readonly temporalAddress: string;
  /** By name, for the shares of CPU time. */
  readonly processes: Readonly<Record<string, ManagedProcess>>;
}

/**
 * The whole product as `npm start` runs it: PostgreSQL that waits for its disk, Temporal with a file, API and worker as
 * processes. Tests give up durability for speed; here that would flatter.
 */
export async function startBench(
  { withSteps, profileDir }: Pick<Options, 'withSteps' | 'profileDir'>,
  users: readonly string[] = [MAIL_USER.user],
): Promise<Bench> {
  const stack = new AsyncDisposableStack();
  try {
    const folder = stack.use(makeTempFolder('bench')).path;
    const logDir = join(folder, 'logs');
    const mailUsers = users.map((user) => ({ ...MAIL_USER, user }));
    const surroundings = { logDir, print: () => undefined };
    const [postgres, temporal, dovecot] = await Promise.all([
      startPostgres({ ...surroundings, dataDir: join(folder, 'postgres') }),
      startTemporal({
        ...surroundings,
        dbFile: join(folder, 'temporal', 'temporal.db'),
        searchAttributes: SEARCH_ATTRIBUTES,
      }),
      startDovecot({ ...surroundings, dir: join(folder, 'mail'), users: mailUsers }),
    ]);
    for (const server of [postgres, temporal, dovecot]) stack.use(server);
    await migrate(postgres.url);
    const product = stack.use(
      await runProduct({
        ...{ databaseUrl: postgres.url, temporalAddress: temporal.address, logDir },
        env: {
          LOG_LEVEL: withSteps ? 'debug' : 'info',
          ...(profileDir !== null && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileDir}` }),
        },
      }),
    );
    mkdirSync(join(folder, 'peers'));
    return {
      ...{ folder, product, dovecot, temporalAddress: temporal.address },
      processes: {
        ...{ worker: product.worker, api: product.api, dovecot: dovecot.process },
        ...{ postgres: postgres.process, temporal: temporal.process },
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
