import { eq } from 'drizzle-orm';
import { idOf } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, RIGHT_PASSWORD, type TestApi } from './harness.ts';

export const ERRORS = 'userErrors { code field message }';
export const IMAP = {
  ...{ host: 'imap.gmail.com', port: 993, security: 'TLS' },
  ...{ username: 'ana', password: RIGHT_PASSWORD },
};

export interface Payload {
  mailbox: { id: string; state: string } | null;
  confirmed?: boolean;
  userErrors: { code: string; field: string[] | null; message: string }[];
}

let connected = 0;

/** What people do to mailboxes, through the API. */
export function mailboxActions(api: TestApi) {
  async function run(field: string, input: object, selection = ''): Promise<Payload> {
    const title = field.charAt(0).toUpperCase() + field.slice(1);
    const document = `mutation ($input: ${title}Input!) { ${field}(input: $input) {
      ${selection} mailbox { id state checkpoint { folder lastUid } } ${ERRORS} } }`;
    return dataOf(await api.ask(document, { input }), field) as Payload;
  }

  /** Connects a mailbox and forgets that it happened. */
  async function aConnectedMailbox(): Promise<{ mailboxId: string; id: string }> {
    const address = `ana${(connected += 1)}@acme.example`;
    const { mailbox } = await run('connectMailbox', { address, imap: IMAP });
    api.orchestrator.told.length = 0;
    const id = idOf('Mailbox', mailbox?.id ?? '');
    if (mailbox === null || id === null) throw new Error('not connected');
    return { mailboxId: mailbox.id, id };
  }

  async function rowOf(id: string) {
    const { db } = api.database;
    const [row] = await db.select().from(tables.mailboxes).where(eq(tables.mailboxes.id, id));
    const credentials = await db
      .select()
      .from(tables.mailboxCredentials)
      .where(eq(tables.mailboxCredentials.mailboxId, id))
      .orderBy(tables.mailboxCredentials.version);
    return { row, credentials };
  }
  return { run, aConnectedMailbox, rowOf };
}
