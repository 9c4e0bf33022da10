import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import * as tables from '../../../drizzle/schema/index.ts';
import { MailError } from '../../../mail/errors.ts';
import type { FolderSnapshot, MailSession } from '../../../mail/session.ts';
import { failureTypeOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

type Office = Awaited<ReturnType<typeof twoMailboxes>>;
const OUT = { from: 'ana@acme.example', to: 'jill@customer.example' };

const events = async ({ db }: Office) =>
  (await db.select().from(tables.mailboxEvents).orderBy(tables.mailboxEvents.at))
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'import_finished');

/** A server on which some folders cannot be read. */
function withBroken(broken: Set<string>) {
  const refuse = () => Promise.reject(new MailError('folder_missing', 'Could not open.'));
  return {
    wrap: (session: MailSession): MailSession => ({
      ...{ ...session, isOpen: true },
      folderStatus: (path) => (broken.has(path) ? refuse() : session.folderStatus(path)),
    }),
  };
}

const letTimePass = async ({ db }: Office) => {
  await db.update(tables.folders).set({ parkedUntil: sql`now() - interval '1 second'` });
  await db.update(tables.mailboxCheckpoints).set({ foldersListedAt: null });
};

/** Dovecot keeps its list of folders in an index, and mail that is delivered by hand is not in it. */
const relist = ({ dovecot }: Office) => {
  const folder = dovecot.mailDir('ana');
  const indexes = readdirSync(folder).filter((file) => file.startsWith('dovecot.list.index'));
  for (const file of indexes) rmSync(join(folder, file));
};

describe('R2 a folder that cannot be read', () => {
  test('is left alone for a while, shown, and read again when it is back; the others go on', async () => {
    const broken = new Set(['Sent']);
    await using office = await twoMailboxes(withBroken(broken));
    await office.dovecot.deliver('ana', 'INBOX', fromJill('in'));
    await office.dovecot.deliver('ana', 'Sent', fromJill('out', OUT));
    const ana = await office.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('in again'));
    broken.clear();
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    expect(await events(office)).toEqual(['folder_parked']);
    await letTimePass(office);
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    expect(await events(office)).toEqual(['folder_parked', 'folder_back']);
    expect((await office.verdicts()).at(-1)).toEqual(['out', 'logged']);
  });

  test('the inbox: then the mailbox is in trouble, once the rest has been filed', async () => {
    await using office = await twoMailboxes(withBroken(new Set(['INBOX'])));
    await office.dovecot.deliver('ana', 'Sent', fromJill('out', OUT));
    const ana = await office.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    expect(await failureTypeOf(ana.visit())).toBe('folder_missing');
  });

  test('one that was selected and does not exist waits until it does', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('one'));
    const selected = { mode: 'selected', paths: ['Later', 'INBOX'] } as const;
    const ana = await office.connectAna({ history: { mode: 'all' }, folders: selected });
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    expect(await ana.visit()).toMatchObject({ logged: 0 });
    expect(await events(office)).toEqual(['folder_parked']);
    await office.dovecot.deliver('ana', 'Later', fromJill('two'));
    await letTimePass(office);
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    expect(await events(office)).toEqual(['folder_parked', 'folder_back']);
  });

  test('all that were selected: the mailbox says that there is nothing to read', async () => {
    await using office = await twoMailboxes();
    const selected = { mode: 'selected', paths: ['Later'] } as const;
    const ana = await office.connectAna({ history: { mode: 'all' }, folders: selected });
    expect(await failureTypeOf(ana.visit())).toBe('folder_missing');
  });
});

describe('R2 the list of folders', () => {
  test('is asked for once a day, so that an empty visit does without', async () => {
    let lists = 0;
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        listFolders: () => {
          lists += 1;
          return session.listFolders();
        },
      }),
    });
    const ana = await office.connectAna();
    for (let n = 0; n < 3; n += 1) await ana.visit();
    expect(lists).toBe(1);
    await letTimePass(office);
    await ana.visit();
    expect(lists).toBe(2);
  });

  test('R2 under ALL a new folder is read, and one that was removed is no trouble', async () => {
    await using office = await twoMailboxes();
    const ana = await office.connectAna({ history: { mode: 'all' }, folders: { mode: 'all' } });
    await ana.visit();
    await ana.reconcile();
    await office.dovecot.deliver('ana', 'Projects', fromJill('filed away'));
    relist(office);
    await letTimePass(office);
    expect(await ana.visit()).toMatchObject({ logged: 1 });
    await ana.reconcile();
    rmSync(join(office.dovecot.mailDir('ana'), 'Projects'), { recursive: true });
    relist(office);
    await letTimePass(office);
    expect(await ana.visit()).toMatchObject({ logged: 0 });
    expect(await events(office)).toEqual([]);
  });
});

describe('R41 a server that numbers its messages anew', () => {
  const renumber = (office: Office) => {
    const folder = office.dovecot.mailDir('ana');
    for (const file of readdirSync(folder)) {
      if (/^dovecot(-uidlist|\.index)/.test(file)) rmSync(join(folder, file));
    }
  };

  test('is announced; one that does it all day is read by date', async () => {
    await using office = await twoMailboxes();
    const old = { internalDate: new Date(Date.now() - 20 * 24 * 3_600_000) };
    await office.dovecot.deliver('ana', 'INBOX', fromJill('old'), old);
    await office.dovecot.deliver('ana', 'INBOX', fromJill('young'));
    const ana = await office.connectAna();
    await ana.visit();
    const looked: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      renumber(office);
      const { skipped } = await ana.visit();
      looked.push(skipped);
    }
    expect(looked).toEqual([2, 2, 1]);
    expect(await events(office)).toEqual([
      ...['uid_validity_changed', 'uid_validity_changed', 'uid_validity_changed'],
      'uid_validity_flapping',
    ]);
    expect(await office.db.$count(tables.engagements)).toBe(2);
  });

  test('and gives numbers away a second time: what comes under them is read', async () => {
    let shift = 0;
    const earlier = (folder: FolderSnapshot) => ({ ...folder, uidNext: folder.uidNext - shift });
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        folderStatus: async (path) => earlier(await session.folderStatus(path)),
        openFolder: async (path) => earlier(await session.openFolder(path)),
        uidsAfter: async (uid, upTo) =>
          (await session.uidsAfter(uid + shift, (upTo ?? 1e9) + shift)).map((u) => u - shift),
        fetchHeaders: async (uids) =>
          (await session.fetchHeaders(uids.map((u) => u + shift))).map((m) => ({
            ...{ ...m, uid: m.uid - shift },
          })),
        fetchParts: async (wanted) => {
          const shifted = wanted.map((w) => ({ ...w, uid: w.uid + shift }));
          const parts = await session.fetchParts(shifted);
          return new Map([...parts].map(([uid, fetched]) => [uid - shift, fetched]));
        },
      }),
    });
    for (const subject of ['a', 'b', 'c']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const policy = { history: { mode: 'all' }, folders: { mode: 'inbox' } } as const;
    const ana = await office.connectAna(policy);
    await ana.visit();
    // A backup from before b and c was restored: their numbers go to other messages.
    shift = 2;
    expect(await ana.visit()).toMatchObject({ logged: 0, checkpoint: { INBOX: { lastUid: 1 } } });
    await office.dovecot.deliver('ana', 'INBOX', fromJill('d'));
    expect(await ana.visit()).toMatchObject({ logged: 1, checkpoint: { INBOX: { lastUid: 2 } } });
    expect(await events(office)).toEqual(['numbers_reused']);
    expect(await office.db.$count(tables.engagements)).toBe(4);
  });

  test('R41 a folder that is emptied, and filled again, loses and doubles nothing', async () => {
    await using office = await twoMailboxes();
    const raws = ['one', 'two'].map((subject) => fromJill(subject));
    for (const raw of raws) await office.dovecot.deliver('ana', 'INBOX', raw);
    const ana = await office.connectAna();
    await ana.visit();
    await ana.reconcile();
    const folder = office.dovecot.mailDir('ana');
    for (const part of ['new', 'cur']) {
      for (const file of readdirSync(join(folder, part))) rmSync(join(folder, part, file));
    }
    await ana.visit();
    await ana.visit();
    expect(await events(office)).toEqual(['folder_emptied']);
    for (const raw of raws) await office.dovecot.deliver('ana', 'INBOX', raw);
    expect(await ana.visit()).toMatchObject({ logged: 0, skipped: 2 });
    expect(await office.db.$count(tables.engagements)).toBe(2);
  });
});
