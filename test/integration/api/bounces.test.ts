import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { startTestApi, type TestApi } from './harness.ts';
import { aContact, aLoggedMail, aMailbox, aSkippedMail } from './records.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const JILL = 'jill@customer.example';

/** An offer to Jill that came back, as the pipeline leaves it behind. */
async function anOfferThatCameBack() {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const mailboxId = await aMailbox(db, workspaceId);
  const contactId = await aContact(db, workspaceId, JILL);
  const { engagementId, messageId: originalMessageId } = await aLoggedMail(db, workspaceId, {
    ...{ mailboxId, subject: 'Offer', contactIds: [contactId] },
  });
  const decisionId = await aSkippedMail(db, workspaceId, mailboxId, 'bounce');
  const [report] = await db
    .select()
    .from(tables.sightings)
    .where(eq(tables.sightings.id, decisionId));
  const messageId = report?.messageId ?? '';
  const about = { workspaceId, messageId, originalMessageId };
  const failed = { recipient: JILL, kind: 'failed', status: '5.1.1' } as const;
  const delayed = { recipient: 'joe@customer.example', kind: 'delayed', status: null } as const;
  await db.insert(tables.bounces).values([
    { ...about, ...failed },
    { ...about, ...delayed },
  ]);
  await db
    .update(tables.contactAddresses)
    .set({ bouncedAt: new Date('2026-11-02T10:00:00Z'), bounceStatus: '5.1.1' })
    .where(eq(tables.contactAddresses.contactId, contactId));
  return {
    contactId: toGlobalId('Contact', contactId),
    decisionId: toGlobalId('Decision', decisionId),
    engagementId: toGlobalId('Engagement', engagementId),
  };
}

const REPORTS =
  '... on BOUNCES { bounces { recipient kind status explanation subject engagement { id } } }';
const DOCUMENT = `query ($ids: [ID!]!) { nodes(ids: $ids) {
  ${REPORTS.replace('BOUNCES', 'Engagement')} ${REPORTS.replace('BOUNCES', 'Decision')}
  ... on Contact { bouncedAddresses { address status explanation bouncedAt } } } }`;

test('R9 the message, the contact and the decision about the report say who was not reached, and why', async () => {
  const { contactId, decisionId, engagementId } = await anOfferThatCameBack();
  const answer = await api.ask(DOCUMENT, { ids: [engagementId, decisionId, contactId] });
  expect(answer.errors).toEqual([]);
  const about = { subject: 'Offer', engagement: { id: engagementId } };
  const explanation = 'The message was not delivered: there is no such mailbox at this domain.';
  const bounces = [
    { recipient: JILL, kind: 'FAILED', status: '5.1.1', explanation, ...about },
    {
      ...{ recipient: 'joe@customer.example', kind: 'DELAYED', status: null },
      explanation: 'The message has not been delivered yet and is still being tried.',
      ...about,
    },
  ];
  const bouncedAt = '2026-11-02T10:00:00.000Z';
  expect(answer.data?.['nodes']).toEqual([
    { bounces },
    { bounces },
    { bouncedAddresses: [{ address: JILL, status: '5.1.1', explanation, bouncedAt }] },
  ]);

  const change = `mutation ($input: UpdateContactInput!) {
    updateContact(input: $input) { contact { primaryAddress bouncedAddresses { address } } } }`;
  const input = { contactId, addresses: ['new@customer.example', JILL] };
  expect((await api.ask(change, { input })).data).toEqual({
    updateContact: {
      contact: { primaryAddress: 'new@customer.example', bouncedAddresses: [{ address: JILL }] },
    },
  });
});
