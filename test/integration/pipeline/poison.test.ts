import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MailError } from '../../../mail/errors.ts';
import { decisionsOf } from '../../support/pipeline.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

describe('R41 one message that cannot be read or stored does not hold up the others', () => {
  test('an answer that ends the connection: its message is found and set aside', async () => {
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        fetchHeaders: (uids) =>
          uids.includes(2)
            ? Promise.reject(new MailError('message_too_large', 'Could not read.'))
            : session.fetchHeaders(uids),
      }),
    });
    for (const subject of ['one', 'two', 'three']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const ana = await office.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 2, checkpoint: { INBOX: { lastUid: 3 } } });
    const aside = (await decisionsOf(office.pipeline)).find(({ verdict }) => verdict === 'failed');
    expect(aside).toMatchObject({ uid: 2, evidence: { problem: expect.any(String) as string } });
  });

  test('data that PostgreSQL refuses: recorded, and the rest is filed', async () => {
    await using office = await twoMailboxes({
      wrap: (session) => ({
        ...{ ...session, isOpen: true },
        fetchHeaders: async (uids) =>
          (await session.fetchHeaders(uids)).map((m) => (m.uid === 2 ? { ...m, size: 1e19 } : m)),
      }),
    });
    for (const subject of ['one', 'two', 'three']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const ana = await office.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 2, checkpoint: { INBOX: { lastUid: 3 } } });
    const failed = (await decisionsOf(office.pipeline)).filter(
      ({ verdict }) => verdict === 'failed',
    );
    expect(failed.map(({ uid }) => uid)).toEqual([2]);
  });

  test('NUL and lone surrogates anywhere in a message', async () => {
    await using office = await twoMailboxes();
    const raw = [
      'From: =?utf-8?B?SmlsbAAh?= <jill@customer.example>',
      'To: ana@acme.example',
      'Subject: =?utf-16be?B?2D0=?= =?utf-8?B?YQBi?=',
      'Date: Fri, 31 Dec 9999 23:59:59 -0100',
      `Message-ID: <${'\u6f22'.repeat(985)}@x.example>`,
      "Content-Type: text/plain; charset=utf-8; x*=utf-8''a%00b; name==?utf-16be?B?2D0=?=",
      '',
      'body \0 with NUL',
      '',
    ].join('\r\n');
    await office.dovecot.deliver('ana', 'INBOX', raw);
    await office.dovecot.deliver('ana', 'INBOX', fromJill('ordinary'));
    const ana = await office.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 2, failed: 0 });
  });
});

describe('R45 whatever was staged gets a decision', () => {
  test('a message that is removed before an unfinished batch is read again', async () => {
    await using office = await twoMailboxes();
    for (const subject of ['goes', 'stays']) {
      await office.dovecot.deliver('ana', 'INBOX', fromJill(subject));
    }
    const ana = await office.connectAna();
    const request = { mailboxId: ana.id, seq: 1, checkpoint: {}, batchSize: 10, jitter: 0 };
    await office.pipeline.activities.fetchNew({ ...request, nonce: 'given up' });
    const folder = office.dovecot.mailDir('ana');
    const [first] = ['new', 'cur']
      .flatMap((part) => readdirSync(join(folder, part)).map((file) => join(folder, part, file)))
      .toSorted();
    rmSync(first ?? '');
    await ana.visit();
    const decisions = await decisionsOf(office.pipeline);
    expect(
      decisions.map(({ uid, verdict, reason }) => [uid, reason ?? verdict]).toSorted(),
    ).toEqual([
      [1, 'removed_on_server'],
      [2, 'logged'],
    ]);
  });
});

describe('R2 selected folders', () => {
  test('INBOX is found in any case', async () => {
    await using office = await twoMailboxes();
    await office.dovecot.deliver('ana', 'INBOX', fromJill('one'));
    const selected = { mode: 'selected', paths: ['Inbox'] } as const;
    const ana = await office.connectAna({ history: { mode: 'all' }, folders: selected });
    expect(await ana.visit()).toMatchObject({ logged: 1 });
  });
});

test('R21, R40 each copy of a message is decided on its own headers: only the one in Sent names those in Bcc', async () => {
  await using office = await twoMailboxes();
  const inside = { from: 'ana@acme.example', to: 'ben@acme.example', messageId: 'b@acme.example' };
  const date = new Date('2026-11-02T10:00:00Z');
  await office.dovecot.deliver('ben', 'INBOX', fromJill('plan', { ...inside, date }));
  const sent = fromJill('plan', { ...inside, date, bcc: 'jill@customer.example' });
  await office.dovecot.deliver('ana', 'Sent', sent);
  await (await office.connectBen()).visit();
  await (await office.connectAna()).visit();
  expect(await office.verdicts()).toEqual([
    ['plan', 'internal'],
    ['plan', 'logged'],
  ]);
});
