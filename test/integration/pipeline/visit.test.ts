import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FolderSnapshot } from '../../../mail/session.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { decisionsOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

describe('a visit', () => {
  test('R41 logs customer mail with its text, skips the rest with a reason, and ends idle', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('Order', { text: 'Two bags, please.' }));
    await office.dovecot.deliver('ana', 'INBOX', fromJill('Who?', { from: 'x@else.example' }));
    const ana = await office.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 1, skipped: 1, failed: 0 });
    expect(await office.verdicts()).toEqual([
      ['Order', 'logged'],
      ['Who?', 'unknown_sender'],
    ]);
    const [engagement] = await office.db.select().from(tables.engagements);
    expect(engagement).toMatchObject({ direction: 'incoming', subject: 'Order' });
    expect(engagement?.text.trim()).toBe('Two bags, please.');
    const contacts = await office.db.select().from(tables.engagementContacts);
    const accounts = await office.db.select().from(tables.engagementAccounts);
    expect(contacts.map(({ contactId }) => contactId)).toEqual([office.jill]);
    expect(accounts.map(({ accountId }) => accountId)).toEqual([office.customer]);
    expect(office.pipeline.logins()).toBe(1);
  });

  test('R3 only what arrived since the last visit is looked at; nothing new stages nothing', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('one'));
    const ana = await office.connectAna();
    await ana.visit();
    expect(await ana.visit()).toMatchObject({ logged: 0, skipped: 0 });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('two', { date: new Date(0) }));
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    expect(await office.verdicts()).toEqual([
      ['one', 'logged'],
      ['two', 'logged'],
    ]);
  });

  test('R3 by default nothing older than the connection is filed, and each such message says so', async () => {
    await using office = await twoMailboxes();
    const yesterday = new Date(Date.now() - 20 * 3_600_000);
    await office.dovecot.deliver('ana', 'INBOX', fromJill('old'), { internalDate: yesterday });
    const justBefore = new Date(Date.now() - 30_000);
    await office.dovecot.deliver('ana', 'INBOX', fromJill('just'), { internalDate: justBefore });
    const ana = await office.connectAna({});
    await office.dovecot.deliver('ana', 'INBOX', fromJill('new'));
    await ana.visit();
    expect(await office.verdicts()).toEqual([
      ['old', 'before_start'],
      ['just', 'logged'],
      ['new', 'logged'],
    ]);
    await office.dovecot.deliver('ana', 'INBOX', fromJill('moved in'), { internalDate: yesterday });
    await ana.visit();
    expect((await office.verdicts()).at(-1)).toEqual(['moved in', 'logged']);
  });

  test('R3, R7, R41 a mailbox is read in batches, what was sent like what was received, with one login', async () => {
    await using office = await twoMailboxes();
    for (let n = 0; n < 5; n += 1)
      await office.dovecot.deliver('ana', 'INBOX', fromJill(`in ${n}`));
    const sent = { from: 'ana@acme.example', to: 'jill@customer.example' };
    for (let n = 0; n < 3; n += 1) {
      await office.dovecot.deliver('ana', 'Sent', fromJill(`out ${n}`, sent));
    }
    const ana = await office.connectAna();
    expect(await ana.visit({ batchSize: 2 })).toMatchObject({ logged: 8, skipped: 0 });
    expect(office.pipeline.logins()).toBe(1);
    const directions = await office.db
      .select({ d: tables.engagements.direction })
      .from(tables.engagements);
    expect(directions.filter(({ d }) => d === 'outgoing')).toHaveLength(3);
  });

  test('R3 UIDs go up to 2^32 - 1, twice as far as an `integer` of PostgreSQL', async () => {
    const FAR = 4_294_967_000;
    const near = (uids: readonly number[]) => uids.map((uid) => uid - FAR);
    const far = (uids: readonly number[]) => uids.map((uid) => uid + FAR);
    const shifted = (folder: FolderSnapshot) => ({ ...folder, uidNext: folder.uidNext + FAR });
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        folderStatus: async (path) => shifted(await session.folderStatus(path)),
        openFolder: async (path) => shifted(await session.openFolder(path)),
        uidsAfter: async (uid) => far(await session.uidsAfter(Math.max(0, uid - FAR))),
        fetchHeaders: async (uids) =>
          (await session.fetchHeaders(near(uids))).map((m) => ({ ...m, uid: m.uid + FAR })),
        fetchParts: async (wanted) => {
          const parts = await session.fetchParts(wanted.map((w) => ({ ...w, uid: w.uid - FAR })));
          return new Map([...parts].map(([uid, fetched]) => [uid + FAR, fetched]));
        },
      }),
    });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('far'));
    const ana = await office.connectAna({ history: { mode: 'all' }, folders: { mode: 'inbox' } });
    expect(await ana.visit()).toMatchObject({
      ...{ logged: 1, checkpoint: { INBOX: { lastUid: FAR + 1 } } },
    });
    expect((await decisionsOf(office.pipeline)).map(({ uid }) => uid)).toEqual([FAR + 1]);
  });

  test('R3 a batch that is full leaves the next folder for another one of the same visit', async () => {
    await using office = await twoMailboxes();
    for (const subject of ['one', 'two']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const sent = { from: 'ana@acme.example', to: 'jill@customer.example' };
    await office.dovecot.deliver('ana', 'Sent', fromJill('three', sent));
    const ana = await office.connectAna();
    expect(await ana.visit({ batchSize: 2 })).toMatchObject({ logged: 3 });
  });

  test('R1 a server that says we are too fast is visited half as often', async () => {
    let isThrottled = false;
    await using office = await twoMailboxes({
      wrap: (session) => ({ ...session, isOpen: true, isThrottled: () => isThrottled }),
    });
    const { id: mailboxId } = await office.connectAna();
    const pace = async (seq: number) => {
      const request = { mailboxId, seq, nonce: 'n', checkpoint: {}, batchSize: 1, jitter: 0 };
      return (await office.pipeline.activities.fetchNew(request)).pollEveryMs;
    };
    const usual = await pace(1);
    isThrottled = true;
    expect([usual, await pace(1)]).toEqual([15 * 60_000, 30 * 60_000]);
  });

  test('R42 an attachment is listed with its size as a file', async () => {
    await using office = await twoMailboxes();
    const file = { name: 'plan.pdf', mediaType: 'application/pdf', content: Buffer.alloc(57_000) };
    await office.dovecot.deliver('ana', 'INBOX', fromJill('Plan', { attachments: [file] }));
    await (await office.connectAna()).visit();
    const [listed, ...others] = await office.db.select().from(tables.attachments);
    expect([listed, others]).toMatchObject([{ name: 'plan.pdf', mediaType: file.mediaType }, []]);
    expect(Math.abs((listed?.size ?? 0) - file.content.length)).toBeLessThan(60);
  });

  test('nothing on the server changes: no message is marked as seen', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('unread'));
    await (await office.connectAna()).visit();
    const folder = office.dovecot.mailDir('ana');
    const unread = ['new', 'cur'].flatMap((part) => readdirSync(join(folder, part)));
    expect(unread).toHaveLength(1);
    expect(unread[0]).not.toMatch(/:2,.*S/);
  });
});

describe('R40 the same message in several places', () => {
  test('two mailboxes: one engagement that lists both, and one download', async () => {
    const downloads: number[] = [];
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        fetchParts: (wanted) => {
          downloads.push(wanted.length);
          return session.fetchParts(wanted);
        },
      }),
    });
    const both = fromJill('To you both', { to: ['ana@acme.example', 'ben@acme.example'] });
    await office.dovecot.deliver('ana', 'INBOX', both);
    await office.dovecot.deliver('ben', 'INBOX', both);
    await (await office.connectAna()).visit();
    await (await office.connectBen()).visit();
    expect(await office.db.$count(tables.engagements)).toBe(1);
    const decisions = await decisionsOf(office.pipeline);
    expect(decisions.map(({ verdict }) => verdict)).toEqual(['logged', 'logged']);
    expect(new Set(decisions.map(({ engagementId }) => engagementId)).size).toBe(1);
    expect(new Set(decisions.map(({ mailboxId }) => mailboxId)).size).toBe(2);
    expect(downloads).toEqual([1]);
  });

  test('two mailboxes at the same moment: still one', async () => {
    await using office = await twoMailboxes();
    const raws = Array.from({ length: 20 }, (_, n) =>
      fromJill(`n${n}`, { from: `p${n}@customer.example` }),
    );
    for (const raw of raws) {
      await office.dovecot.deliver('ana', 'INBOX', raw);
      await office.dovecot.deliver('ben', 'INBOX', raw);
    }
    const mailboxes = [await office.connectAna(), await office.connectBen()];
    await Promise.all(mailboxes.map((mailbox) => mailbox.visit({ batchSize: 3 })));
    expect(await office.db.$count(tables.engagements)).toBe(20);
    expect(await office.db.$count(tables.contacts)).toBe(21);
  });

  test('two folders of one mailbox: logged once, the copy says so', async () => {
    await using office = await twoMailboxes();
    const raw = fromJill('copy');
    await office.dovecot.deliver('ana', 'INBOX', raw);
    await office.dovecot.deliver('ana', 'Sent', raw);
    await (await office.connectAna()).visit();
    expect(await office.verdicts()).toEqual(
      expect.arrayContaining([
        ['copy', 'logged'],
        ['copy', 'duplicate'],
      ]),
    );
    expect(await office.db.$count(tables.engagements)).toBe(1);
  });

  test('two mails with one Message-ID are two', async () => {
    await using office = await twoMailboxes();
    for (const subject of ['first', 'second']) {
      await office.dovecot.deliver(
        'ana',
        'INBOX',
        fromJill(subject, { messageId: 'same@customer.example' }),
      );
    }
    expect(await (await office.connectAna()).visit()).toMatchObject({ logged: 2 });
  });
});
