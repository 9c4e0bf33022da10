import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { scopeOf } from '../../../domain/redecision.ts';
import { only } from '../../../drizzle/rows.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { requestRedecision } from '../../../drizzle/redecisions.ts';
import { undoContact } from '../../../drizzle/undone-contacts.ts';
import { recordUnknown } from '../../../drizzle/unknown.ts';
import { address } from '../../support/message.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';
import { waitingForLocks } from '../api/records.ts';

type Office = Awaited<ReturnType<typeof twoMailboxes>>;

const strangers = async ({ db }: Office) =>
  (
    await db
      .select()
      .from(tables.unknownCorrespondents)
      .orderBy(tables.unknownCorrespondents.address)
  ).map(({ address, messages, name }) => [address, messages, name]);

test('R34 strangers are counted once per message, whoever sees it and however often', async () => {
  await using office = await twoMailboxes();
  const { dovecot } = office;
  const stranger = { from: 'Sam Stranger <sam+news@else.example>' };
  const one = fromJill('one', { ...stranger, messageId: 'one@else.example' });
  for (const folder of ['INBOX', 'Sent']) await dovecot.deliver('ana', folder, one);
  await dovecot.deliver('ben', 'INBOX', one);
  await dovecot.deliver('ana', 'INBOX', fromJill('two', { from: 'sam@else.example' }));
  const ana = await office.connectAna();
  await ana.visit();
  await (await office.connectBen()).visit();
  expect(await strangers(office)).toEqual([['sam@else.example', 2, 'Sam Stranger']]);

  // Seen again, later, in another batch; and known people are not listed.
  await dovecot.deliver('ana', 'INBOX', one);
  await dovecot.deliver('ana', 'INBOX', fromJill('known'));
  const sent = {
    from: 'ana@acme.example',
    to: 'x@one.example, ben@acme.example',
    cc: 'y@two.example',
  };
  await dovecot.deliver('ana', 'Sent', fromJill('sent', sent));
  await ana.visit();
  expect(await strangers(office)).toEqual([
    ['sam@else.example', 2, 'Sam Stranger'],
    ['x@one.example', 1, ''],
    ['y@two.example', 1, ''],
  ]);
  const first = only(
    await office.db
      .select()
      .from(tables.unknownCorrespondents)
      .where(eq(tables.unknownCorrespondents.address, 'sam@else.example')),
  );
  expect(first.lastSeenAt.getTime()).toBeGreaterThanOrEqual(first.firstSeenAt.getTime());
});

test('R34 two mailboxes that decide the same message at the same moment count it once', async () => {
  await using office = await twoMailboxes();
  const one = fromJill('one', { from: 'sam@else.example', messageId: 'one@else.example' });
  for (const user of ['ana', 'ben']) await office.dovecot.deliver(user, 'INBOX', one);
  await (await office.connectAna()).visit();
  await (await office.connectBen()).visit();
  const { db, pipeline } = office;
  const decided = await db.select().from(tables.sightings);
  await db.delete(tables.unknownCorrespondents);
  const undecided = { verdict: null, reason: null, decidedAt: null, stage: 'fetched' } as const;
  await db.update(tables.sightings).set(undecided);
  const deciding = ([mine]: typeof decided, beforeCommit: () => Promise<unknown>) =>
    db.transaction(async (transaction) => {
      if (mine === undefined) throw new Error('decided by nobody');
      const { id, reason, verdict } = mine;
      await transaction
        .update(tables.sightings)
        .set({ reason, verdict, decidedAt: new Date(), stage: 'decided' })
        .where(eq(tables.sightings.id, id));
      await recordUnknown(transaction, pipeline.workspaceId, [{ id, reason }]);
      await beforeCommit();
    });
  let second: Promise<void> | undefined;
  await deciding(decided, async () => {
    second = deciding(decided.slice(1), () => Promise.resolve());
    await expect.poll(() => waitingForLocks(db)).toBe(1);
  });
  await second;
  expect(await strangers(office)).toEqual([['sam@else.example', 1, '']]);
});

test('R33 a contact that was undone is not made again, and its mail is unknown', async () => {
  await using office = await twoMailboxes();
  const { db, pipeline, dovecot } = office;
  const [user] = await db.select().from(tables.users);
  await dovecot.deliver(
    'ana',
    'INBOX',
    fromJill('first', { from: 'New <new@customer.example>', text: 'Hello' }),
  );
  const ana = await office.connectAna();
  expect(await ana.visit()).toMatchObject({ logged: 1 });
  const made = (await db.select().from(tables.contacts)).find(({ name }) => name === 'New');
  const by = { workspaceId: pipeline.workspaceId, userId: user?.id ?? '' };
  const undone = await pipeline.database.inWorkspace(by.workspaceId, (as) =>
    undoContact(as, by, made?.id ?? ''),
  );
  expect(undone).toMatchObject({ removedEngagements: 1 });
  await dovecot.deliver(
    'ana',
    'INBOX',
    fromJill('second', { from: 'new+tag@customer.example', text: 'Hello' }),
  );
  expect(await ana.visit()).toMatchObject({ logged: 0, skipped: 1 });
  expect(await office.verdicts()).toEqual([
    ['first', 'unknown_sender'],
    ['second', 'unknown_sender'],
  ]);
  expect(await strangers(office)).toEqual([['new@customer.example', 2, 'New']]);
  const sightings = await db.select().from(tables.sightings).orderBy(tables.sightings.uid);
  expect(sightings.map(({ evidence }) => evidence)).toEqual([
    { sender: 'new@customer.example', contactUndoneBy: 'Ana' },
    { sender: 'new+tag@customer.example', dismissed: 'new@customer.example' },
  ]);

  // Accepted after all: what was undone is logged again, with the text from the mailbox.
  await pipeline.addContact('New', ['new@customer.example']);
  const redecisionId = await requestRedecision(db, {
    ...{ workspaceId: by.workspaceId, cause: 'accepted', requestedBy: by.userId },
    scope: scopeOf([address('new@customer.example')]),
  });
  await pipeline.activities.planRedecision({ redecisionId });
  const all = { redecisionId, mailboxId: ana.id, after: null, limit: 100, done: 0 };
  expect(await pipeline.activities.redecide(all)).toMatchObject({ decided: 2, logged: 2 });
  const logged = await db.select().from(tables.engagements);
  const texts = Object.fromEntries(logged.map(({ subject, text }) => [subject, text.trim()]));
  expect(texts).toEqual({ first: 'Hello', second: 'Hello' });
});
