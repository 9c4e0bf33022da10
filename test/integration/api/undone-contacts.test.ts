import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { dataOf, startTestApi, type TestApi } from './harness.ts';
import { aContact, aLoggedMail, aMailbox, anAccount, aSighting } from './records.ts';

const UNDO = `mutation ($input: UndoAutomaticContactInput!) { undoAutomaticContact(input: $input) {
  removedContactId removedEngagementCount
  unknownCorrespondents { address messageCount dismissedBy { name } } userErrors { code field } } }`;
const JILL = 'jill@customer.example';

let api: TestApi;
let mailboxId: string;

beforeAll(async () => {
  api = await startTestApi();
  mailboxId = await aMailbox(api.database.db, api.acme.workspaceId, 'ana@acme.example');
});
afterAll(() => api[Symbol.asyncDispose]());

const undo = async (contactId: string) =>
  dataOf(
    await api.ask(UNDO, { input: { contactId: toGlobalId('Contact', contactId) } }),
    'undoAutomaticContact',
  );

/** Jill as `persist` makes her of a message: on the account that owns her domain. */
async function madeBySystem(messageId: string, address: string, accountId: string) {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const contactId = await aContact(db, workspaceId, address);
  await db.insert(tables.contactAccounts).values({ workspaceId, contactId, accountId });
  await db
    .update(tables.contacts)
    .set({ source: { messageId, mailboxId }, defaultAccountId: accountId })
    .where(eq(tables.contacts.id, contactId));
  return contactId;
}

async function onTimelineOf(engagementId: string, contactId: string): Promise<void> {
  const { workspaceId } = api.acme;
  await api.database.db
    .insert(tables.engagementContacts)
    .values({ workspaceId, engagementId, contactId });
}

test('R33 a contact that the system made says when and from which message in which mailbox, logged or not', async () => {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const mail = await aLoggedMail(db, workspaceId, { from: JILL, subject: 'First', mailboxId });
  const accountId = await anAccount(db, workspaceId);
  const contactId = await madeBySystem(mail.messageId, 'a@source.example', accountId);
  await db.delete(tables.engagements).where(eq(tables.engagements.id, mail.engagementId));
  const document = `query ($id: ID!) { contact(id: $id) { createdAt source {
    madeAt mailbox { address } engagement { id } message { from subject internetMessageId } } } }`;
  const answer = await api.ask(document, { id: toGlobalId('Contact', contactId) });
  const { createdAt, source } = dataOf(answer, 'contact') as { createdAt: string; source: object };
  expect(source).toEqual({
    ...{ madeAt: createdAt, mailbox: { address: 'ana@acme.example' }, engagement: null },
    message: {
      ...{ from: `Somebody <${JILL}>`, subject: 'First' },
      internetMessageId: `${mail.messageId}@example.com`,
    },
  });
});

test('R33 undoing takes off the timelines what is there for that contact alone, and nothing else', async () => {
  const { db } = api.database;
  const { workspaceId, userId } = api.acme;
  const [company, partner] = [await anAccount(db, workspaceId), await anAccount(db, workspaceId)];
  const logged = (accountIds: readonly string[] = [company]) =>
    aLoggedMail(db, workspaceId, { from: JILL, mailboxId, accountIds });
  const [alone, shared] = [await logged(), await logged([company, partner])];
  const [deleted, byHand, removed] = [await logged(), await logged(), await logged()];
  const jill = await madeBySystem(alone.messageId, JILL, company);
  for (const mail of [alone, shared, deleted, byHand, removed]) {
    await onTimelineOf(mail.engagementId, jill);
  }
  const joe = await aContact(db, workspaceId, 'joe@partner.example');
  await db
    .insert(tables.contactAccounts)
    .values({ workspaceId, contactId: joe, accountId: partner });
  await onTimelineOf(shared.engagementId, joe);
  const copy = await aSighting(db, workspaceId, mailboxId, {
    ...{ verdict: 'skipped', reason: 'duplicate' },
    ...{ messageId: alone.messageId, engagementId: alone.engagementId },
  });
  const change = (id: string, changes: Partial<typeof tables.engagements.$inferInsert>) =>
    db.update(tables.engagements).set(changes).where(eq(tables.engagements.id, id));
  await change(deleted.engagementId, { deletedAt: new Date(), text: '', html: null });
  await change(byHand.engagementId, { authorId: userId });
  await db
    .update(tables.sightings)
    .set({ removedAt: new Date() })
    .where(eq(tables.sightings.id, removed.sightingId));

  expect(await undo(jill)).toEqual({
    ...{ removedContactId: toGlobalId('Contact', jill), removedEngagementCount: 1 },
    unknownCorrespondents: [
      { address: JILL, messageCount: 1, dismissedBy: { name: 'Admin of acme' } },
    ],
    userErrors: [],
  });

  const left = await db.select({ id: tables.engagements.id }).from(tables.engagements);
  const ids = new Set(left.map(({ id }) => id));
  const kept = [shared, deleted, byHand, removed].map(({ engagementId }) => ids.has(engagementId));
  expect(kept).toEqual([true, true, true, true]);
  expect(ids.has(alone.engagementId)).toBe(false);
  const accounts = await db
    .select({ id: tables.engagementAccounts.accountId })
    .from(tables.engagementAccounts)
    .where(eq(tables.engagementAccounts.engagementId, shared.engagementId));
  expect(accounts).toEqual([{ id: partner }]);
  const evidence = { sender: JILL, contactUndoneBy: 'Admin of acme' };
  const decisions = await db.select().from(tables.sightings);
  for (const id of [alone.sightingId, copy]) {
    expect(decisions.find((row) => row.id === id)).toMatchObject({
      ...{ verdict: 'skipped', reason: 'unknown_sender', engagementId: null, evidence },
    });
  }
  expect(decisions.find((row) => row.id === deleted.sightingId)?.engagementId).toBe(
    deleted.engagementId,
  );
  expect(await undo(jill)).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
});

test('R33 a contact that a person made is not undone', async () => {
  const contactId = await aContact(api.database.db, api.acme.workspaceId);
  expect(await undo(contactId)).toEqual({
    ...{ removedContactId: null, removedEngagementCount: null, unknownCorrespondents: null },
    userErrors: [{ code: 'MADE_BY_PERSON', field: ['input', 'contactId'] }],
  });
});
