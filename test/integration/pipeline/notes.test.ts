import { isNotNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { readNote } from '../../../api/note-reading.ts';
import { deleteEngagement } from '../../../drizzle/engagement-deletion.ts';
import { ownIdentity } from '../../../drizzle/facts.ts';
import { fileNote } from '../../../drizzle/notes.ts';
import { only } from '../../../drizzle/rows.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

test('R23, R40, R45 what was pasted by hand is the message that a mailbox sees later; of what is skipped no body is downloaded', async () => {
  const downloaded: number[] = [];
  await using office = await twoMailboxes({
    wrap: (session) => ({
      ...session,
      isOpen: true,
      fetchParts: (wanted) => {
        downloaded.push(...wanted.map(({ uid }) => uid));
        return session.fetchParts(wanted);
      },
    }),
  });
  const { db, pipeline, jill, customer } = office;
  const { workspaceId } = pipeline;
  const { id: authorId } = only(await db.select().from(tables.users));
  const own = await ownIdentity(db, workspaceId);
  /** As the API does it, under its role. */
  const paste = async (raw: Buffer): Promise<string> => {
    const input = {
      ...{ contactIds: [], accountIds: [customer], text: raw.toString(), timeZone: 'UTC' },
      ...{ subject: null, direction: null, occurredAt: null, once: null },
    };
    const { draft } = await readNote(input, own, new Date());
    const note = { ...draft, ...input, workspaceId, authorId, subject: draft.subject };
    const { occurredAt, direction } = draft;
    const filed = await pipeline.database.inWorkspace(workspaceId, (asApi) =>
      fileNote(asApi, { ...note, occurredAt, direction }),
    );
    if (filed.kind !== 'filed') throw new Error(filed.kind);
    return filed.engagementId;
  };

  const text = 'Hello Ana';
  const [pasted, deleted] = [fromJill('pasted', { text }), fromJill('deleted', { text })];
  const engagementId = await paste(pasted);
  const gone = await paste(deleted);
  await deleteEngagement(db, gone, authorId);
  for (const raw of [pasted, deleted, fromJill('only here', { text })]) {
    await office.dovecot.deliver('ana', 'INBOX', raw);
  }
  await office.dovecot.deliver('ana', 'INBOX', fromJill('spam', { from: 'x@stranger.example' }));
  const ana = await office.connectAna();
  await ana.visit();

  expect(await office.verdicts()).toEqual([
    ['pasted', 'logged'],
    ['deleted', 'engagement_deleted'],
    ['only here', 'logged'],
    ['spam', 'unknown_sender'],
  ]);
  // The text of the pasted one is there, deleted and skipped ones stay on the server.
  expect(downloaded).toEqual([3]);
  const logged = await db
    .select({ id: tables.sightings.engagementId })
    .from(tables.sightings)
    .where(isNotNull(tables.sightings.engagementId));
  expect(logged).toContainEqual({ id: engagementId });
  const engagements = await db.select().from(tables.engagements);
  expect(engagements.map(({ kind, text }) => [kind, text === ''])).toEqual(
    expect.arrayContaining([
      ['note', false],
      ['note', true],
      ['email', false],
    ]),
  );
  expect(engagements).toHaveLength(3);
  const links = await db.select().from(tables.engagementContacts);
  // The visit adds whom the message is from.
  expect(links).toContainEqual({ workspaceId, engagementId, contactId: jill });
});
