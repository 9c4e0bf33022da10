import { expect, test } from 'vitest';
import { bouncedAddressesOf, bouncesOfEngagements } from '../../../drizzle/bounce-reports.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { aBounce } from '../../../local/demo/build.ts';
import type { MailSession } from '../../../mail/session.ts';
import { decisionsOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

const JILL = 'jill@customer.example';
const OFFER = { from: 'ana@acme.example', to: JILL, messageId: 'offer@acme.example' };
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

interface ReportIntent {
  readonly about: string;
  readonly recipient: string;
  readonly action?: 'failed' | 'delayed';
  readonly status?: string;
  readonly date?: Date;
}

/** What our mail server tells Ana about a message of hers. */
function aReport({ about, recipient, status = '5.1.1', ...intent }: ReportIntent): Buffer {
  return aBounce({
    ...{ from: 'MAILER-DAEMON@mx.acme.example', to: 'ana@acme.example', recipient, status },
    diagnostic: `550 ${status} not delivered`,
    original: fromJill('Offer', { ...OFFER, to: recipient, messageId: about }),
    ...intent,
  });
}

/** An office, and what a report has changed there. */
async function anOffice(options: Parameters<typeof twoMailboxes>[0] = {}) {
  const office = await twoMailboxes(options);
  const { db, dovecot, jill, pipeline } = office;
  return {
    ...office,
    sent: (raw: Buffer) => dovecot.deliver('ana', 'Sent', raw),
    receive: (raw: Buffer) => dovecot.deliver('ana', 'INBOX', raw),
    marks: async () =>
      (await bouncedAddressesOf(db, [jill]))
        .get(jill)
        ?.map(({ address, status }) => [address, status]) ?? [],
    reports: async () => {
      const engagements = await db.select().from(tables.engagements);
      const found = await bouncesOfEngagements(
        db,
        engagements.map(({ id }) => id),
      );
      return engagements.flatMap(({ id, subject }) =>
        (found.get(id) ?? []).map(({ recipient, kind, status }) => [
          subject,
          recipient,
          kind,
          status,
        ]),
      );
    },
    evidence: async () =>
      (await decisionsOf(pipeline)).flatMap(({ reason, evidence }) =>
        reason === 'bounce' ? [evidence] : [],
      ),
  };
}

test('R9 a bounce is linked to the message that we sent and marks the address, until somebody writes from it', async () => {
  await using office = await anOffice();
  await office.sent(fromJill('Offer', { ...OFFER, date: hoursAgo(3) }));
  await office.receive(
    aReport({
      about: OFFER.messageId,
      recipient: 'Jill@Customer.example',
      date: hoursAgo(2),
    }),
  );
  const ana = await office.connectAna();
  // One message per batch: the report is read before the copy in Sent is.
  await ana.visit({ batchSize: 1 });
  expect(await office.verdicts()).toContainEqual(['Undelivered Mail Returned to Sender', 'bounce']);
  expect(await office.evidence()).toMatchObject([
    { recipients: JILL, originalMessageId: OFFER.messageId },
  ]);
  expect(await office.reports()).toEqual([['Offer', JILL, 'failed', '5.1.1']]);
  expect(await office.marks()).toEqual([[JILL, '5.1.1']]);

  await office.receive(fromJill('I am back', { date: hoursAgo(-1) }));
  await ana.visit();
  expect(await office.marks()).toEqual([]);
  // Histories are read newest first.
  await office.receive(aReport({ about: OFFER.messageId, recipient: JILL }));
  await ana.visit();
  expect(await office.marks()).toEqual([]);
});

test('R9 a delayed message, a full mailbox and a forged report mark nobody', async () => {
  await using office = await anOffice();
  const { receive, sent } = office;
  await office.pipeline.addContact('Joe', ['joe@customer.example']);
  await sent(fromJill('Offer', OFFER));
  await receive(
    fromJill('Never sent by us', {
      from: 'ana@acme.example',
      to: JILL,
      messageId: 'forged@acme.example',
    }),
  );
  const ana = await office.connectAna();
  await ana.visit();
  const about = OFFER.messageId;
  await receive(aReport({ about, recipient: JILL, action: 'delayed', status: '4.1.1' }));
  await receive(aReport({ about, recipient: JILL, status: '5.2.2' }));
  await receive(aReport({ about, recipient: 'joe@customer.example' }));
  await receive(aReport({ about: 'forged@acme.example', recipient: JILL }));
  await receive(aReport({ about: 'unheard-of@acme.example', recipient: JILL }));
  await ana.visit();
  expect((await office.reports()).toSorted()).toEqual([
    ['Never sent by us', JILL, 'failed', '5.1.1'],
    ['Offer', JILL, 'delayed', '4.1.1'],
    ['Offer', JILL, 'failed', '5.2.2'],
    ['Offer', 'joe@customer.example', 'failed', '5.1.1'],
  ]);
  const addresses = await office.db.select().from(tables.contactAddresses);
  expect(addresses.map(({ bouncedAt }) => bouncedAt)).toEqual([null, null]);
});

test('R9 a report that cannot be downloaded is skipped all the same, and read when POP3 brings it', async () => {
  const fails = (session: MailSession): MailSession =>
    new Proxy(session, {
      get: (target, name) =>
        name === 'fetchParts' && target.streamPart !== undefined
          ? () => Promise.reject(new Error('the server is tired'))
          : (Reflect.get(target, name) as unknown),
    });
  await using office = await anOffice({ wrap: fails });
  await office.receive(aReport({ about: OFFER.messageId, recipient: JILL }));
  await (await office.connectAna()).visit();
  expect(await office.verdicts()).toEqual([['Undelivered Mail Returned to Sender', 'bounce']]);
  expect(await office.db.$count(tables.bounces)).toBe(0);

  const pop3 = { protocol: 'pop3', address: 'shop@acme.example', username: 'ana' } as const;
  const port = office.dovecot.pop3Port;
  await (await office.pipeline.connect({ ...pop3, password: 'secret', port })).visit();
  expect(await office.db.select().from(tables.bounces)).toMatchObject([
    { recipient: JILL, kind: 'failed', status: '5.1.1', originalMessageId: null },
  ]);
});
