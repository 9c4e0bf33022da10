import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import { decisionsOf, failureTypeOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

describe('people', () => {
  test('R17 the default account wins, else the most recently linked one', async () => {
    await using office = await twoMailboxes();
    const [first, second] = [
      await office.pipeline.addAccount('A'),
      await office.pipeline.addAccount('B'),
    ];
    const joe = await office.pipeline.addContact('Joe', ['joe@two.example'], [first, second]);
    await office.dovecot.deliver('ana', 'INBOX', fromJill('one', { from: 'joe@two.example' }));
    const ana = await office.connectAna();
    await ana.visit();
    await office.db
      .update(tables.contacts)
      .set({ defaultAccountId: first })
      .where(eq(tables.contacts.id, joe));
    await office.dovecot.deliver('ana', 'INBOX', fromJill('two', { from: 'joe@two.example' }));
    await ana.visit();
    const rows = await office.db
      .select({
        subject: tables.engagements.subject,
        accountId: tables.engagementAccounts.accountId,
      })
      .from(tables.engagementAccounts)
      .innerJoin(
        tables.engagements,
        eq(tables.engagements.id, tables.engagementAccounts.engagementId),
      );
    expect(Object.fromEntries(rows.map((row) => [row.subject, row.accountId]))).toEqual({
      one: second,
      two: first,
    });
  });

  test('R30 a person at a known domain becomes a contact there, once, and says where from (R33)', async () => {
    await using office = await twoMailboxes();
    for (const subject of ['one', 'two']) {
      await office.dovecot.deliver(
        'ana',
        'INBOX',
        fromJill(subject, { from: 'New <new@customer.example>' }),
      );
    }
    const ana = await office.connectAna();
    await ana.visit();
    const made = (await office.db.select().from(tables.contacts)).filter(
      ({ name }) => name === 'New',
    );
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      defaultAccountId: office.customer,
      source: { mailboxId: ana.id },
    });
    expect(await office.db.$count(tables.engagementContacts)).toBe(2);
  });

  test('R21, R22 a blacklisted recipient keeps new mail out and leaves what is logged', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('before', { cc: 'spy@rival.example' }));
    const ana = await office.connectAna();
    await ana.visit();
    await office.pipeline.blacklist('rival.example');
    await office.dovecot.deliver(
      'ana',
      'INBOX',
      fromJill('after', { cc: 'spy@mail.rival.example' }),
    );
    await ana.visit();
    expect(await office.verdicts()).toEqual([
      ['before', 'logged'],
      ['after', 'blacklisted'],
    ]);
    expect(await office.db.$count(tables.engagements)).toBe(1);
  });

  test('R10 the self test names the contact that would have matched', async () => {
    await using office = await twoMailboxes();
    await office.pipeline.addContact('Ana at home', ['private@acme.example']);
    await office.dovecot.deliver(
      'ana',
      'INBOX',
      fromJill('test', { from: 'ana@acme.example', to: 'private@acme.example' }),
    );
    await (await office.connectAna()).visit();
    const [decision] = await decisionsOf(office.pipeline);
    expect(decision).toMatchObject({
      reason: 'only_own_addresses',
      evidence: { wouldHaveMatched: 'Ana at home' },
    });
    expect(await office.db.$count(tables.engagements)).toBe(0);
  });
});

describe('R55 what the workflow is told of a failure', () => {
  test('a refused password is named as that, without the password or the user', async () => {
    await using office = await twoMailboxes();
    const ana = await office.connectAna();
    await office.dovecot.setPassword('ana', 'changed');
    const call = ana.visit();
    expect(await failureTypeOf(call)).toBe('authentication_failed');
    const shown = await call.catch((error: unknown) => JSON.stringify(error) + String(error));
    expect(shown).not.toMatch(/secret|changed|ana/);
  });

  test('a mailbox that is disconnected is gone', async () => {
    await using office = await twoMailboxes();
    const ana = await office.connectAna();
    await office.pipeline.activities.cleanUp({ mailboxId: ana.id });
    const request = {
      mailboxId: ana.id,
      seq: 1,
      nonce: 'x',
      checkpoint: {},
      batchSize: 1,
      jitter: 0,
    };
    expect(await failureTypeOf(office.pipeline.activities.fetchNew(request))).toBe('mailbox_gone');
    expect(await office.db.$count(tables.mailboxCredentials)).toBe(0);
  });
});

test('R43 a reply is in the thread of what it answers', async () => {
  await using office = await twoMailboxes();
  await office.dovecot.deliver(
    'ana',
    'INBOX',
    fromJill('Offer', { messageId: 'a@customer.example' }),
  );
  const ana = await office.connectAna();
  await ana.visit();
  const reply = {
    from: 'ana@acme.example',
    to: 'jill@customer.example',
    inReplyTo: 'a@customer.example',
  };
  await office.dovecot.deliver(
    'ana',
    'Sent',
    fromJill('Re: Offer', { ...reply, messageId: 'b@acme.example' }),
  );
  await office.dovecot.deliver('ana', 'INBOX', fromJill('Offer'));
  await ana.visit();
  const threads = await office.db
    .select({ subject: tables.engagements.subject, t: tables.engagements.threadId })
    .from(tables.engagements)
    .orderBy(tables.engagements.createdAt);
  const offer = threads.find(({ subject }) => subject === 'Offer')?.t;
  expect(offer).not.toBeNull();
  expect(threads.find(({ subject }) => subject === 'Re: Offer')?.t).toBe(offer);
  expect(new Set(threads.map(({ t }) => t)).size).toBe(2);
});

test('R43 own addresses are no overlap: a forged reference of another customer joins nothing', async () => {
  await using office = await twoMailboxes();
  await office.pipeline.addContact('Eve', ['eve@other.example']);
  const offer = { messageId: 'a@customer.example' };
  await office.dovecot.deliver('ana', 'INBOX', fromJill('Offer', offer));
  const ana = await office.connectAna();
  await ana.visit();
  const forged = { from: 'eve@other.example', inReplyTo: offer.messageId };
  await office.dovecot.deliver('ana', 'INBOX', fromJill('Re: Offer', forged));
  expect(await ana.visit()).toMatchObject({ logged: 1 });
  const rows = await office.db.select({ t: tables.engagements.threadId }).from(tables.engagements);
  expect(new Set(rows.map(({ t }) => t)).size).toBe(2);
});
