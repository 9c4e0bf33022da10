/**
 * `npm run demo:deliver -- "Subject" [--from a@b.example]`: a new message in Ana's inbox of the running demo, a visit at
 * once, and what was decided about it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { randomUUID } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import { aMessage } from './build.ts';
import { MAILBOX_ADDRESSES } from './company.ts';
import { readDiary } from './diary.ts';
import { all, apiAt, change } from './graphql.ts';
import type { Api } from './graphql.ts';
import * as operations from './operations.ts';
import { ANA, JILL } from './people.ts';
import { DEMO_USERS } from './run.ts';

const WAIT_MS = 30_000;
const POLL_EVERY_MS = 250;

async function deliver(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { from: { type: 'string', default: JILL } },
  });
  const subject = positionals.join(' ') || 'A new message';
  const localDir = process.env['LOCAL_DIR'] ?? '.local';
  const diary = await readDiary(localDir);
  if (diary === null) {
    throw new Error(`No demo has run in ${localDir}: start it with "npm start -- --demo".`);
  }
  const internetMessageId = `${randomUUID()}@demo.example`;
  const text = `Hello Ana,\n\n${subject}.\n\nBest wishes\n`;
  const raw = aMessage({ from: values.from, to: ANA, subject, messageId: internetMessageId, text });
  await append(diary.imapPort, raw);
  console.log(`Delivered "${subject}" from ${values.from} to the inbox of ${ANA}.`);

  const token = (await readFile(join(localDir, 'token'), 'utf8')).trim();
  const api = apiAt(diary.graphqlUrl, token);
  await visit(api);
  console.log(await verdictOn(api, internetMessageId));
}

async function append(port: number, raw: Buffer): Promise<void> {
  const login = DEMO_USERS.find(({ user }) => user === MAILBOX_ADDRESSES.ana);
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: MAILBOX_ADDRESSES.ana, pass: login?.password ?? '' },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.append('INBOX', raw);
  } finally {
    await client.logout();
  }
}

async function visit(api: Api): Promise<void> {
  const mailboxes = await all(api, operations.MAILBOXES);
  const ana = mailboxes.find(({ address }) => address === MAILBOX_ADDRESSES.ana);
  if (ana === undefined) throw new Error(`${MAILBOX_ADDRESSES.ana} is not connected.`);
  await change(api, operations.SYNC_MAILBOX_NOW, { mailboxId: ana.id });
}

async function verdictOn(api: Api, internetMessageId: string): Promise<string> {
  const startedAt = Date.now();
  while (Date.now() - startedAt < WAIT_MS) {
    const [decision] = await all(api, operations.DECISIONS, { filter: { internetMessageId } });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    if (decision?.verdict === 'LOGGED') return `LOGGED after ${seconds} s.`;
    if (decision !== undefined) {
      return `${decision.verdict} after ${seconds} s: ${decision.reason ?? ''} ${decision.explanation}`;
    }
    await setTimeout(POLL_EVERY_MS);
  }
  return `No decision within ${WAIT_MS / 1000} s: is the mailbox paused?`;
}

try {
  await deliver();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
