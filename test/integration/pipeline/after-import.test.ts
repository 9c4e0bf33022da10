import { eq } from 'drizzle-orm';
import { ImapFlow } from 'imapflow';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../domain/policy.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { MailError } from '../../../mail/errors.ts';
import type { MailSession } from '../../../mail/session.ts';
import { fromJill, twoMailboxes } from '../../support/two-mailboxes.ts';

const DELETE: Partial<Policy> = { history: { mode: 'all' }, afterImport: 'delete' };
const ANA = { address: 'ana@acme.example', username: 'ana', password: 'secret' };
/** What Dovecot offers before the login is of no interest here. */
const WITHOUT_UIDPLUS =
  'imap_capability = IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE ESEARCH CONDSTORE';

async function office(protocol: 'imap' | 'pop3', extraConfig?: string) {
  const failing = { remove: null as 'before' | 'after' | null };
  /** The worker dies just before or just after the server deletes. */
  const wrap = (session: MailSession): MailSession => {
    const remove = session.remove?.bind(session);
    if (remove === undefined) return session;
    session.remove = async (...request) => {
      if (failing.remove === 'before') throw new MailError('connection_lost', 'died before');
      const removed = await remove(...request);
      if (failing.remove === 'after') throw new MailError('connection_lost', 'died after');
      return removed;
    };
    return session;
  };
  const two = await twoMailboxes({ wrap }, extraConfig);
  const port = protocol === 'pop3' ? two.dovecot.pop3Port : two.dovecot.imapPort;
  const subjects = async () => {
    const client = new ImapFlow({
      ...{
        host: '127.0.0.1',
        port: two.dovecot.imapPort,
        secure: false,
        doSTARTTLS: false,
        logger: false,
      },
      auth: { user: 'ana', pass: 'secret' },
    });
    await client.connect();
    const found: string[] = [];
    for (const folder of ['INBOX', 'Sent']) {
      const opened = await client.mailboxOpen(folder, { readOnly: true });
      if (opened.exists === 0) continue;
      for await (const { envelope, flags } of client.fetch('1:*', {
        envelope: true,
        flags: true,
      })) {
        const mark = flags?.has('\\Deleted') === true ? ' (marked)' : '';
        found.push(`${folder}: ${envelope?.subject ?? ''}${mark}`);
      }
    }
    await client.logout();
    return found;
  };
  return {
    ...{ ...two, failing, subjects },
    connectAna: (policy = DELETE) => two.pipeline.connect({ ...ANA, protocol, port }, policy),
    removed: async () => {
      const rows = await two.db.select().from(tables.sightings);
      return rows.filter(({ removedAt }) => removedAt !== null).length;
    },
  };
}

describe.each(['imap', 'pop3'] as const)('afterImport: delete by %s', (protocol) => {
  test('deletes what was logged, and nothing that was skipped or marked by others', async () => {
    await using acme = await office(protocol);
    const { dovecot } = acme;
    // So many that a POP3 server might be thought to have renamed them all.
    for (let n = 0; n < 12; n += 1) await dovecot.deliver('ana', 'INBOX', fromJill(`logged ${n}`));
    if (protocol === 'imap') {
      const flags = { flags: ['\\Deleted'] };
      const stranger = { from: 'y@else.example' };
      await dovecot.deliver('ana', 'INBOX', fromJill('of others', stranger), flags);
    }
    const others = protocol === 'imap' ? ['INBOX: of others (marked)'] : [];
    const ana = await acme.connectAna();
    expect(await ana.visit()).toMatchObject({ logged: 12, failed: 0 });
    expect(await acme.subjects()).toEqual(others);
    expect(await ana.reconcile()).toMatchObject({ onServer: others.length, missing: 0 });

    await dovecot.deliver('ana', 'INBOX', fromJill('skipped', { from: 'x@else.example' }));
    await dovecot.deliver('ana', 'INBOX', fromJill('later'));
    expect(await ana.visit()).toMatchObject({ logged: 1, failed: 0 });
    expect(await acme.subjects()).toEqual([...others, 'INBOX: skipped']);
    const events = await acme.db.select().from(tables.mailboxEvents);
    expect(events.map(({ kind }) => kind)).toEqual(['import_finished']);
    const logged = await acme.db.select().from(tables.engagements);
    expect(await acme.removed()).toBe(logged.length);
  });

  test('makes good what a crash left undone, before the deletion or after it', async () => {
    await using acme = await office(protocol);
    const ana = await acme.connectAna();
    for (const when of ['before', 'after'] as const) {
      await acme.dovecot.deliver('ana', 'INBOX', fromJill(when));
      acme.failing.remove = when;
      expect(await ana.visit(), when).toMatchObject({ logged: 1, failed: 0 });
    }
    expect(await acme.removed()).toBe(0);
    acme.failing.remove = null;
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('next', { from: 'x@else.example' }));
    expect(await ana.visit()).toMatchObject({ logged: 0, skipped: 1 });
    expect(await acme.removed()).toBe(2);
    expect(await acme.subjects()).toEqual(['INBOX: next']);
  });
});

describe('afterImport', () => {
  test('leave changes nothing, and what was logged under it stays when the policy changes', async () => {
    await using acme = await office('imap');
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('before'));
    const ana = await acme.connectAna({ history: { mode: 'all' } });
    await ana.visit();
    await acme.db
      .update(tables.mailboxes)
      .set({ policy: DELETE })
      .where(eq(tables.mailboxes.id, ana.id));
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('after'));
    await ana.visit();
    expect(await acme.subjects()).toEqual(['INBOX: before']);
  });

  test('delete spares what a user deleted or had pasted, and a folder that is numbered anew', async () => {
    await using acme = await office('imap');
    const ana = await acme.connectAna();
    acme.failing.remove = 'before';
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('regretted'));
    await ana.visit();
    const deletion = { deletedAt: new Date(), text: '', html: null };
    await acme.db.update(tables.engagements).set(deletion);
    await acme.dovecot.deliver('ana', 'Sent', fromJill('numbered', { to: 'ben@acme.example' }));
    await ana.visit();
    await acme.db
      .update(tables.sightings)
      .set({ uidValidity: '1' })
      .where(eq(tables.sightings.verdict, 'logged'));
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('pasted'));
    await ana.visit();
    const [user] = await acme.db.select({ id: tables.users.id }).from(tables.users);
    await acme.db
      .update(tables.engagements)
      .set({ authorId: user?.id ?? '' })
      .where(eq(tables.engagements.subject, 'pasted'));
    acme.failing.remove = null;
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('next'));
    await ana.visit();
    expect(await acme.subjects()).toEqual(['INBOX: regretted', 'INBOX: pasted', 'Sent: numbered']);
  });

  test('delete only marks where the server cannot delete single messages, and says so', async () => {
    await using acme = await office('imap', WITHOUT_UIDPLUS);
    await acme.dovecot.deliver('ana', 'INBOX', fromJill('logged'));
    const ana = await acme.connectAna();
    await ana.visit();
    expect(await acme.subjects()).toEqual(['INBOX: logged (marked)']);
    const [decision] = await acme.db.select().from(tables.sightings);
    expect(decision?.removedAt).not.toBeNull();
    expect(decision?.evidence).toMatchObject({
      removal: expect.stringContaining('UIDPLUS') as string,
    });
  });
});
