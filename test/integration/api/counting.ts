import { openDatabase, type Database, type Db } from '../../../drizzle/database.ts';
import { createDatabase } from '../../support/postgres.ts';

/** A database of its own that counts the statements of the API's role; the one that enters the workspace is left out. */
export interface CountingDatabase extends Database {
  statements: number;
}

const STATEMENTS = ['select', 'selectDistinct', 'selectDistinctOn', 'insert', 'update', 'delete'];

export async function openCountingDatabase(stack: AsyncDisposableStack): Promise<CountingDatabase> {
  const { url } = stack.use(await createDatabase());
  const real = stack.use(openDatabase(url, { maxConnections: 4 }));
  const counting: CountingDatabase = {
    ...real,
    statements: 0,
    inWorkspace: (workspaceId, work) =>
      real.inWorkspace(workspaceId, (db) => work(counted(db, () => (counting.statements += 1)))),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return counting;
}

function counted(db: Db, count: () => void): Db {
  return new Proxy(db, {
    get(target, name, receiver): unknown {
      if (name === 'execute' || STATEMENTS.includes(String(name))) count();
      return Reflect.get(target, name, receiver);
    },
  });
}
