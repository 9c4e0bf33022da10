import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../../../drizzle/bootstrap.ts';
import { only } from '../../../drizzle/rows.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

type Office = Awaited<ReturnType<typeof twoMailboxes>>;
const deliver = ({ dovecot }: Office, ...mail: Parameters<typeof fromJill>) =>
  dovecot.deliver('ana', 'INBOX', fromJill(...mail));

test('R11 the address of a mailbox is own for as long as the mailbox is connected', async () => {
  await using office = await twoMailboxes();
  const { imapPort: port } = office.dovecot;
  const shop = { address: 'shop@elsewhere.example', username: 'ben', password: 'secret', port };
  const connected = await office.pipeline.connect(shop);
  const ana = await office.connectAna();
  await deliver(office, 'among us', { from: shop.address });
  await ana.visit();
  await office.pipeline.activities.cleanUp({ mailboxId: connected.id });
  await deliver(office, 'from outside', { from: shop.address });
  await ana.visit();
  expect(await office.verdicts()).toEqual([
    ['among us', 'internal'],
    ['from outside', 'unknown_sender'],
  ]);
});

test('R14 a tagged address is the contact without the tag, and makes no other one', async () => {
  await using office = await twoMailboxes();
  await deliver(office, 'tagged', { from: 'jill+crm@customer.example' });
  await (await office.connectAna()).visit();
  const linked = await office.db.select().from(tables.engagementContacts);
  expect(linked.map(({ contactId }) => contactId)).toEqual([office.jill]);
  expect(await office.db.$count(tables.contacts)).toBe(1);
});

test('R31 an account that claims a free-mail domain gets nobody from there', async () => {
  await using office = await twoMailboxes();
  await office.pipeline.addAccount('Greedy', ['gmail.com']);
  await deliver(office, 'private', { from: 'somebody@gmail.com' });
  await (await office.connectAna()).visit();
  expect(await office.verdicts()).toEqual([['private', 'unknown_sender']]);
});

test('R23 a message that was deleted makes no contact when it is seen again', async () => {
  await using office = await twoMailboxes();
  const raw = fromJill('secret');
  await office.dovecot.deliver('ana', 'INBOX', raw);
  await office.dovecot.deliver('ben', 'INBOX', raw);
  await (await office.connectAna()).visit();
  await office.db.update(tables.engagements).set({ deletedAt: new Date() });
  await office.db.delete(tables.contacts);
  await (await office.connectBen()).visit();
  expect((await office.verdicts()).at(-1)).toEqual(['secret', 'engagement_deleted']);
  expect(await office.db.$count(tables.contacts)).toBe(0);
});

test('the policy of the mailbox comes before that of its workspace', async () => {
  await using office = await twoMailboxes();
  const policy = { history: { mode: 'all' }, unknownCorrespondents: 'always' } as const;
  await office.db.update(tables.workspaces).set({ policy });
  await deliver(office, 'made', { from: 'one@else.example' });
  const ana = await office.connectAna({});
  await ana.visit();
  await office.db
    .update(tables.mailboxes)
    .set({ policy: { unknownCorrespondents: 'never' } })
    .where(eq(tables.mailboxes.id, ana.id));
  await deliver(office, 'not made', { from: 'two@else.example' });
  await ana.visit();
  expect(await office.verdicts()).toEqual([
    ['made', 'logged'],
    ['not made', 'unknown_sender'],
  ]);
});

describe('workspaces are apart for the worker too', () => {
  const aRival = async ({ db }: Office, own: { address: string; domains: string[] }) => {
    const { workspaceId } = await createWorkspace(db, {
      ...{ token: 'rival', workspaceName: 'Rival', adminName: 'Rival' },
      ...{ adminAddress: own.address, internalDomains: own.domains },
    });
    return workspaceId;
  };

  test('who is own, known or blacklisted elsewhere is not so here', async () => {
    await using office = await twoMailboxes();
    const { db } = office;
    const own = { address: 'jill@customer.example', domains: ['customer.example'] };
    const workspaceId = await aRival(office, own);
    const server = { host: 'h', port: 1, security: 'none', username: 'u' } as const;
    await db.insert(tables.mailboxes).values({ workspaceId, address: own.address, ...server });
    const entry = { kind: 'domain', value: 'customer.example' } as const;
    await db.insert(tables.blacklistEntries).values({ workspaceId, ...entry });
    const account = { workspaceId, name: 'Theirs' };
    const { id: accountId } = only(await db.insert(tables.accounts).values(account).returning());
    const domain = { workspaceId, accountId, domain: 'theirs.example' };
    await db.insert(tables.accountDomains).values(domain);
    const { id: contactId } = only(
      await db.insert(tables.contacts).values({ workspaceId, name: 'Theirs' }).returning(),
    );
    const address = { workspaceId, contactId, address: 'known@theirs.example', isPrimary: true };
    await db.insert(tables.contactAddresses).values(address);

    await deliver(office, 'ours');
    await deliver(office, 'their contact', { from: 'known@theirs.example' });
    await deliver(office, 'their customer', { from: 'new@theirs.example' });
    await (await office.connectAna()).visit();
    expect(await office.verdicts()).toEqual([
      ['ours', 'logged'],
      ['their contact', 'unknown_sender'],
      ['their customer', 'unknown_sender'],
    ]);
  });

  test('a message and a thread that another workspace has too are another message and thread', async () => {
    await using office = await twoMailboxes();
    const { db, dovecot, pipeline } = office;
    const some = (subject: string) =>
      Array.from({ length: 8 }, (_, n) => fromJill(`${subject} ${n}`));
    const [offers, plans] = [some('Offer'), some('Plan')];
    for (const offer of offers) await dovecot.deliver('ana', 'INBOX', offer);
    await deliver(office, 'Question', { messageId: 'question@customer.example' });
    const ana = await office.connectAna();
    await ana.visit();
    const workspaceId = await aRival(office, { address: 'x@rival.example', domains: [] });
    for (const table of [tables.messages, tables.engagements, tables.threads]) {
      await db.update(table).set({ workspaceId });
    }
    // Of some messages theirs is the older row, of the others ours.
    for (const plan of plans) await dovecot.deliver('ana', 'INBOX', plan);
    await ana.visit();
    await db.execute(sql`
      insert into messages select (jsonb_populate_record(m, jsonb_build_object('id', gen_random_uuid(),
        'workspace_id', ${workspaceId}::text))).* from messages m where workspace_id <> ${workspaceId}`);

    const answer = fromJill('Re: Question', { inReplyTo: 'question@customer.example' });
    for (const raw of [...offers, ...plans, answer]) await dovecot.deliver('ben', 'INBOX', raw);
    const ben = await office.connectBen();
    await ben.visit();
    const seen = await db
      .select({ of: tables.messages.workspaceId })
      .from(tables.sightings)
      .innerJoin(tables.messages, eq(tables.messages.id, tables.sightings.messageId))
      .where(eq(tables.sightings.mailboxId, ben.id));
    expect(seen.map(({ of }) => of)).toEqual(Array(17).fill(pipeline.workspaceId));
    const logged = await db.select().from(tables.engagements);
    expect(logged.filter((one) => one.workspaceId === workspaceId)).toHaveLength(9);
    expect(new Set(logged.map(({ threadId }) => threadId)).size).toBe(9 + 17);
  });
});
