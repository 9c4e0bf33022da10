import { describe, expect, test } from 'vitest';
import { fetchTexts, readTexts, type DownloadRequest } from '../../../activities/download.ts';
import type { BodyStructure } from '../../../domain/message.ts';
import type { MailSession } from '../../../mail/session.ts';
import { PLAIN_TEXT } from '../../support/message.ts';

const NO_TEXT: BodyStructure = { ...PLAIN_TEXT, mediaType: 'image/png', parts: [] };

/** A server whose folders all have UIDVALIDITY 7: hands out `readable`, says that `existing` are there. */
function aServer({ readable = [1], existing = [] }: { readable?: number[]; existing?: number[] }) {
  const asked: number[][] = [];
  const session: Partial<MailSession> = {
    openFolder: () =>
      Promise.resolve({ uidValidity: '7', uidNext: 99, exists: 9, highestModseq: null }),
    fetchParts: (wanted) => {
      asked.push(wanted.map(({ uid }) => uid));
      const found = wanted.filter(({ uid }) => readable.includes(uid));
      const octets = Buffer.from('Hello');
      return Promise.resolve(
        new Map(
          found.map(({ uid, parts }) => [uid, { parts: parts.map((part) => ({ part, octets })) }]),
        ),
      );
    },
    existing: (uids) => Promise.resolve(new Set(uids.filter((uid) => existing.includes(uid)))),
  };
  return { asked, session: session as MailSession };
}

const aSighting = (intent: Partial<DownloadRequest> = {}) =>
  ({
    ...{ id: 's', messageId: 'm', folderPath: 'INBOX', uidValidity: '7', uid: 1 },
    bodyStructure: PLAIN_TEXT,
    ...intent,
  }) as DownloadRequest;

const downloadContents = async (session: MailSession, sightings: readonly DownloadRequest[]) =>
  readTexts(await fetchTexts(session, sightings));

const kinds = async (session: MailSession, ...sightings: DownloadRequest[]) =>
  [...(await downloadContents(session, sightings))].map(([id, { kind }]) => [id, kind]);

describe('R41 what came of asking for a text', () => {
  test('it is read', async () => {
    const downloads = await downloadContents(aServer({}).session, [aSighting()]);
    expect(downloads.get('m')).toMatchObject({ kind: 'read', content: { text: 'Hello' } });
  });

  test('what the answer lacks is gone only where the server says so', async () => {
    const { session } = aServer({ readable: [], existing: [2] });
    const [gone, held] = [
      aSighting({ messageId: 'gone' }),
      aSighting({ messageId: 'held', uid: 2 }),
    ];
    expect(await kinds(session, gone, held)).toEqual([
      ['gone', 'gone'],
      ['held', 'unreadable'],
    ]);
  });

  test('under another UIDVALIDITY the UID is another message: it is not asked for', async () => {
    const { asked, session } = aServer({ readable: [1], existing: [1] });
    expect(await kinds(session, aSighting({ uidValidity: '6' }))).toEqual([['m', 'gone']]);
    expect(asked.flat()).toEqual([]);
  });

  test('a message without any text is read without asking', async () => {
    const { asked, session } = aServer({ readable: [] });
    expect(await kinds(session, aSighting({ bodyStructure: NO_TEXT }))).toEqual([['m', 'read']]);
    expect(asked.flat()).toEqual([]);
  });

  test('R40 one copy is enough, and a copy stands in for one that is gone', async () => {
    const { asked, session } = aServer({ readable: [2, 3] });
    const copies = [1, 2, 3].map((uid) => aSighting({ uid, folderPath: `folder ${uid}` }));
    expect(await kinds(session, ...copies)).toEqual([['m', 'read']]);
    expect(asked.flat()).toEqual([1, 2]);
  });

  test('R40 of two copies in one folder, the one that is gone does not count', async () => {
    const { session } = aServer({ readable: [1] });
    expect(await kinds(session, aSighting(), aSighting({ uid: 2 }))).toEqual([['m', 'read']]);
  });
});
