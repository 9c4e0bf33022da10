import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { matchHeaders } from '../../../domain/matching.ts';
import { DEFAULT_POLICY, type Policy } from '../../../domain/policy.ts';
import { createWorkspace } from '../../../drizzle/bootstrap.ts';
import { openDatabase, type Database } from '../../../drizzle/database.ts';
import { matchFacts } from '../../../drizzle/rule-facts.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { theHeaders, type MessageIntent } from '../../support/message.ts';
import { createDatabase, type TestDatabase } from '../../support/postgres.ts';
import { aContact, aLoggedMail, aMailbox, anAccount } from '../api/records.ts';

let home: TestDatabase;
let database: Database;
let workspaceId: string;
beforeAll(async () => {
  home = await createDatabase();
  database = openDatabase(home.url, { maxConnections: 2 });
  workspaceId = await aWorkspace('acme');
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

const DAY_MS = 24 * 60 * 60 * 1000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

async function aWorkspace(name: string): Promise<string> {
  const made = await createWorkspace(database.db, {
    ...{ token: name, workspaceName: name, adminName: 'Ana' },
    ...{ adminAddress: `ana@${name}.example`, internalDomains: [`${name}.example`] },
  });
  return made.workspaceId;
}

/** A contact, linked to the accounts from the oldest to the most recent one. */
async function aLinked(inWorkspace: string, at: string, ...accountIds: readonly string[]) {
  const contactId = await aContact(database.db, inWorkspace, at);
  for (const [index, accountId] of accountIds.entries()) {
    await database.db
      .insert(tables.contactAccounts)
      .values({ workspaceId: inWorkspace, contactId, accountId, linkedAt: ago(100 - index) });
  }
}

async function sendsTo(accountId: string, from: string, at: Date): Promise<void> {
  const mailboxId = await aMailbox(database.db, workspaceId);
  await aLoggedMail(database.db, workspaceId, { mailboxId, from, at, accountIds: [accountId] });
}

/** The names of the accounts, or the reason. */
async function decided(intent: MessageIntent, policy: Partial<Policy> = {}) {
  const headers = theHeaders(intent);
  const addresses = headers.participants.map(({ address }) => address);
  const rules = { ...DEFAULT_POLICY, severalAccounts: 'archive_rules', ...policy } as const;
  const facts = await matchFacts(database.db, { workspaceId, policy: rules }, addresses);
  const verdict = matchHeaders(headers, facts);
  if (verdict.kind === 'skip') return [verdict.reason, verdict.evidence['accounts']];
  const rows = await database.db
    .select({ id: tables.accounts.id, name: tables.accounts.name })
    .from(tables.accounts);
  return verdict.accountIds.map((id) => rows.find((row) => row.id === id)?.name);
}

test('R63 the default for archiving, else the most recently linked account', async () => {
  const [old, recent] = [
    await anAccount(database.db, workspaceId, 'Old'),
    await anAccount(database.db, workspaceId, 'Recent'),
  ];
  await aLinked(workspaceId, 'jill@several.example', old, recent);
  expect(await decided({ from: 'jill@several.example' })).toEqual(['Recent']);
  await database.db
    .update(tables.accounts)
    .set({ defaultForArchive: true })
    .where(eq(tables.accounts.id, old));
  expect(await decided({ from: 'jill@several.example' })).toEqual(['Old']);
  expect(
    await decided({ from: 'jill@several.example' }, { severalAccounts: 'default_account' }),
  ).toEqual(['Recent']);
});

test('R64, R65 by the domain of the contact, and of several accounts where we have written', async () => {
  const rival = await aWorkspace('rival');
  await aLinked(rival, 'x@big.example', await anAccount(database.db, rival, 'Not ours'));
  await aContact(database.db, workspaceId, 'new@big.example', 'New');
  const toNew = { from: 'ana@acme.example', to: ['new@big.example'] };
  expect(await decided(toNew)).toEqual(['no_account', undefined]);

  const north = await anAccount(database.db, workspaceId, 'Big North');
  await aLinked(workspaceId, 'a@big.example', north);
  expect(await decided(toNew)).toEqual(['Big North']);

  const south = await anAccount(database.db, workspaceId, 'Big South');
  await aLinked(workspaceId, 'b@big.example', south);
  await sendsTo(south, 'ben@acme.example', ago(8));
  const [reason, accounts] = await decided(toNew);
  expect([reason, accounts?.split(', ').toSorted()]).toEqual([
    'ambiguous_account',
    ['Big North', 'Big South'],
  ]);

  await sendsTo(south, 'ben@acme.example', ago(6));
  expect(await decided(toNew)).toEqual(['Big South']);
  await sendsTo(north, 'ana@acme.example', ago(300));
  expect(await decided(toNew)).toEqual(['Big North']);
  expect(await decided({ from: 'new@big.example', to: ['ben@acme.example'] })).toEqual([
    'Big South',
  ]);

  const deleted = { deletedAt: new Date(), text: '', replyText: '', html: null };
  await database.db.update(tables.engagements).set(deleted);
  expect((await decided(toNew))[0]).toBe('ambiguous_account');
});
