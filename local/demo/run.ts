import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { MAILBOX_ADDRESSES } from './company.ts';
import { openDiary } from './diary.ts';
import type { Diary } from './diary.ts';
import { keyOf, undecided } from './expectations.ts';
import { all, apiAt } from './graphql.ts';
import type { Api } from './graphql.ts';
import { DEMO_MESSAGES } from './messages.ts';
import * as operations from './operations.ts';
import type { DemoDecision } from './operations.ts';
import { report } from './report.ts';
import { connectMailboxes, createCompany } from './set-up.ts';
import { suggestions } from './suggestions.ts';

/** The users of the mail server of the demo. */
export const DEMO_USERS: readonly { readonly user: string; readonly password: string }[] = [
  { user: MAILBOX_ADDRESSES.ana, password: 'demo-ana-7Qk2' },
  { user: MAILBOX_ADDRESSES.ben, password: 'demo-ben-4Zt9' },
];

export interface DemoContext {
  readonly graphqlUrl: string;
  readonly token: string;
  readonly localDir: string;
  readonly dovecot: {
    readonly imapPort: number;
    deliver(
      user: string,
      folder: string,
      raw: string | Buffer,
      options?: { flags?: readonly string[]; internalDate?: Date },
    ): Promise<void>;
  };
  readonly print: (line: string) => void;
}

const POLL_EVERY_MS = 500;
const REPORT_EVERY_MS = 5_000;
/** A pass that makes no progress for this long is not going to. */
const GIVE_UP_AFTER_MS = 90_000;

/** Fills the mail server, makes the company, connects the mailboxes, and shows what comes out. Safe to run again. */
export async function runDemo(context: DemoContext): Promise<void> {
  const { graphqlUrl, token, localDir, dovecot, print } = context;
  const { imapPort } = dovecot;
  const api = apiAt(graphqlUrl, token);
  const { diary, previousImapPort } = await openDiary(localDir, { graphqlUrl, imapPort });

  await deliverMessages(dovecot, diary, print);
  if (!diary.entries.isCompanyCreated) {
    print('Demo: creating accounts, contacts and the blacklist of Northwind Coffee …');
    await createCompany(api);
    await diary.note({ isCompanyCreated: true });
  }
  print('Demo: connecting the mailboxes of Ana and Ben …');
  const hasMoved = previousImapPort !== null && previousImapPort !== imapPort;
  await connectMailboxes(api, DEMO_USERS, imapPort, hasMoved);

  const decisions = await waitForDecisions(api, print);
  const engagements = await all(api, operations.ENGAGEMENTS);
  for (const line of report(DEMO_MESSAGES, decisions, engagements)) print(line);
  const contacts = await all(api, operations.CONTACTS);
  const jill = contacts.find(({ name }) => name === 'Jill Marsh');
  const tokenFile = join(resolve(localDir), 'token');
  for (const line of suggestions({ graphqlUrl, tokenFile, contactId: jill?.id ?? '' })) print(line);
}

async function deliverMessages(
  dovecot: DemoContext['dovecot'],
  diary: Diary,
  print: DemoContext['print'],
): Promise<void> {
  const waiting = DEMO_MESSAGES.filter(
    (message) => !diary.entries.delivered.includes(keyOf(message)),
  );
  if (waiting.length === 0) return;
  print(`Demo: delivering ${waiting.length} messages …`);
  for (const message of waiting) {
    const { mailbox, folder, raw, flags, arrivedAt } = message;
    await dovecot.deliver(MAILBOX_ADDRESSES[mailbox], folder, raw, {
      ...(flags && { flags }),
      internalDate: arrivedAt,
    });
    await diary.note({ delivered: [...diary.entries.delivered, keyOf(message)] });
  }
}

/** Until every message that lies in a visited folder has a decision, or nothing moves any more. */
async function waitForDecisions(
  api: Api,
  print: DemoContext['print'],
): Promise<readonly DemoDecision[]> {
  let fewest = Infinity;
  let movedAt = Date.now();
  let reportedAt = Date.now();
  for (;;) {
    const decisions = await all(api, operations.DECISIONS);
    const missing = undecided(DEMO_MESSAGES, decisions).length;
    if (missing === 0) return decisions;
    const now = Date.now();
    if (missing < fewest) movedAt = now;
    fewest = Math.min(fewest, missing);
    if (now - movedAt > GIVE_UP_AFTER_MS) {
      print(`Demo: ${missing} messages have no decision after ${GIVE_UP_AFTER_MS / 1000} s.`);
      return decisions;
    }
    if (now - reportedAt > REPORT_EVERY_MS) {
      reportedAt = now;
      await printProgress(api, missing, print);
    }
    await setTimeout(POLL_EVERY_MS);
  }
}

async function printProgress(
  api: Api,
  missing: number,
  print: DemoContext['print'],
): Promise<void> {
  const mailboxes = await all(api, operations.MAILBOXES);
  const states = mailboxes.map(({ address, state, lastError }) => {
    const trouble = lastError === null ? '' : ` (${lastError.message})`;
    return `${address} ${state}${trouble}`;
  });
  print(`Demo: ${missing} messages to go; ${states.join(', ')}`);
}
