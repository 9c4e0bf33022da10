import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { forgetSightings } from '../../../activities/headers.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import type { MailSession } from '../../../mail/session.ts';
import { failureTypeOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

type Office = Awaited<ReturnType<typeof twoMailboxes>>;
const VERBS = ['parse', 'classify', 'match'] as const;

async function fetched({ pipeline }: Office, mailboxId: string, nonce = 'n') {
  const request = { mailboxId, seq: 1, nonce, checkpoint: {}, batchSize: 10, jitter: 0 };
  const { batchId } = await pipeline.activities.fetchNew(request);
  if (batchId === null) throw new Error('nothing fetched');
  return { mailboxId, batchId };
}

const ended = { seq: 1, isLast: true, pollEveryMs: 900_000, jitter: 0 };

describe('R41 what one stage leaves for the next', () => {
  test('a batch that is fetched again is decided on what was fetched last', async () => {
    let extra = '';
    const wrap = (session: MailSession): MailSession => ({
      ...{ ...session, isOpen: true },
      fetchHeaders: async (uids) =>
        (await session.fetchHeaders(uids)).map((message) => ({
          ...message,
          headerBlock: Buffer.concat([Buffer.from(extra), message.headerBlock]),
        })),
    });
    await using office = await twoMailboxes({ wrap });
    const { activities } = office.pipeline;
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const { id } = await office.connectAna();
    const batch = await fetched(office, id);
    for (const verb of VERBS) await activities[verb](batch);
    extra = 'List-Id: <news.customer.example>\r\n';
    expect(await fetched(office, id)).toEqual(batch);
    expect(await activities.classify(batch)).toEqual({ passed: 0, skipped: 0 });
    expect(await failureTypeOf(activities.persist({ ...batch, ...ended }))).toBe('stale_batch');
    for (const verb of VERBS) await activities[verb](batch);
    await activities.persist({ ...batch, ...ended });
    expect(await office.verdicts()).toEqual([['once', 'bulk']]);
  });

  test('another worker, which has read nothing itself, finds the same', async () => {
    await using office = await twoMailboxes();
    const { activities } = office.pipeline;
    await office.dovecot.deliver('ana', 'INBOX', fromJill('hello'));
    await office.dovecot.deliver('ana', 'INBOX', fromJill('own', { from: 'ben@acme.example' }));
    const { id } = await office.connectAna();
    const batch = await fetched(office, id);
    for (const verb of VERBS) {
      await activities[verb](batch);
      forgetSightings(batch.batchId);
    }
    expect(await activities.persist({ ...batch, ...ended })).toMatchObject({ logged: 1 });
    expect((await office.verdicts()).toSorted()).toEqual([
      ['hello', 'logged'],
      ['own', 'internal'],
    ]);
  });

  test('a matched batch that another fetch took its messages from is refused', async () => {
    await using office = await twoMailboxes();
    const { activities } = office.pipeline;
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const { id } = await office.connectAna();
    const old = await fetched(office, id, 'old');
    for (const verb of VERBS) await activities[verb](old);
    await fetched(office, id, 'young');
    expect(await failureTypeOf(activities.persist({ ...old, ...ended }))).toBe('stale_batch');
    expect(await office.db.$count(tables.engagements)).toBe(0);
  });

  test('a message that got its decision meanwhile keeps it; the others are filed', async () => {
    await using office = await twoMailboxes();
    const { activities } = office.pipeline;
    for (const subject of ['decided', 'open']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const { id } = await office.connectAna();
    const batch = await fetched(office, id);
    for (const verb of VERBS) await activities[verb](batch);
    const decision = { stage: 'decided', verdict: 'failed', decidedAt: new Date() } as const;
    await office.db.update(tables.sightings).set(decision).where(eq(tables.sightings.uid, 1));
    expect(await activities.persist({ ...batch, ...ended })).toMatchObject({
      ...{ logged: 1, failed: 1 },
    });
    expect(await office.db.$count(tables.engagements)).toBe(1);
  });

  test('R11 who is one of us is decided with the message, not when it was read', async () => {
    await using office = await twoMailboxes();
    const { activities } = office.pipeline;
    await office.dovecot.deliver('ana', 'INBOX', fromJill('once'));
    const { id } = await office.connectAna();
    const batch = await fetched(office, id);
    for (const verb of VERBS) await activities[verb](batch);
    const internal = async () =>
      (await office.db.select().from(tables.participants))
        .filter(({ isInternal }) => isInternal)
        .map(({ address }) => address);
    expect(await internal()).toEqual(['ana@acme.example']);
    const { workspaceId } = office.pipeline;
    await office.db
      .insert(tables.internalDomains)
      .values({ workspaceId, domain: 'customer.example' });
    await activities.persist({ ...batch, ...ended });
    expect((await internal()).toSorted()).toEqual(['ana@acme.example', 'jill@customer.example']);
  });

  test('R40 two copies of one message in a batch make one, with everybody who stands on either', async () => {
    await using office = await twoMailboxes();
    const { activities } = office.pipeline;
    const mail = { to: 'jill@customer.example', from: 'ana@acme.example' };
    const raw = fromJill('copies', mail);
    await office.dovecot.deliver('ana', 'INBOX', raw);
    await office.dovecot.deliver(
      'ana',
      'INBOX',
      Buffer.concat([Buffer.from('Bcc: bob@customer.example\r\n'), raw]),
    );
    const { id } = await office.connectAna();
    const batch = await fetched(office, id);
    for (const verb of VERBS) await activities[verb](batch);
    expect(await activities.persist({ ...batch, ...ended })).toMatchObject({ logged: 1 });
    const people = await office.db.select().from(tables.participants);
    expect(people.map(({ role, address }) => `${role} ${address}`).toSorted()).toEqual([
      'bcc bob@customer.example',
      'from ana@acme.example',
      'to jill@customer.example',
    ]);
    expect(await office.db.$count(tables.messages)).toBe(1);
  });
});
