import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { toGlobalId } from '../../../api/ids.ts';
import * as tables from '../../../drizzle/schema/index.ts';
import { credentialScope } from '../../../drizzle/vault.ts';
import type { Dovecot } from '../../../local/dovecot.ts';
import { openImapSession } from '../../../mail/imap.ts';
import type { Tenant, TestApi } from './harness.ts';
import { aLoggedMail, aMailbox } from './records.ts';

const BOUNDARY = 'cut-here';

export interface Part {
  /** Header fields, without the line end of the last. */
  readonly head: string;
  readonly body: string | Buffer;
}

/** A text and these parts, as they travel. */
export function aRawMessage(parts: readonly Part[], subject = 'Offer'): Buffer {
  const head = [
    ...['From: Jill <jill@customer.example>', 'To: ana@acme.example', `Subject: ${subject}`],
    ...['Date: Sun, 22 Nov 2026 08:00:00 +0000', `Message-ID: <${randomUUID()}@customer.example>`],
    ...['MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`, '', ''],
  ].join('\r\n');
  const text: Part = { head: 'Content-Type: text/plain; charset=utf-8', body: 'see attachment' };
  const pieces = [text, ...parts].flatMap(({ head: fields, body }) => [
    Buffer.from(`--${BOUNDARY}\r\n${fields}\r\n\r\n`),
    Buffer.isBuffer(body) ? body : Buffer.from(body),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([Buffer.from(head), ...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

/** Base64 in lines of 76, as mail programs write it. */
export function inBase64(content: Buffer, mediaType = 'application/pdf'): Part {
  const body = content.toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return { head: `Content-Type: ${mediaType}\r\nContent-Transfer-Encoding: base64`, body };
}

export interface File {
  readonly part?: string;
  readonly name?: string;
  readonly mediaType?: string;
}

/** A mailbox of the workspace on a real server; what the pipeline would have left behind is written down by hand. */
export async function anAttachmentMailbox(
  { api, dovecot, user }: { api: TestApi; dovecot: Dovecot; user: string },
  host = 'localhost',
) {
  const { db } = api.database;
  const { workspaceId } = api.acme;
  const id = await aMailbox(db, workspaceId);
  const server = { host, port: dovecot.imapPort, security: 'none', username: user } as const;
  const own = eq(tables.mailboxes.id, id);
  await db.update(tables.mailboxes).set(server).where(own);
  const envelope = api.vault.seal('secret', credentialScope(workspaceId, id));
  await db
    .insert(tables.mailboxCredentials)
    .values({ workspaceId, mailboxId: id, version: 1, envelope });
  const folderIds = new Map<string, string>();

  async function folderId(path: string): Promise<string> {
    const known = folderIds.get(path) ?? randomUUID();
    if (!folderIds.has(path)) {
      const folder = { id: known, workspaceId, mailboxId: id, path, use: 'other' as const };
      await db.insert(tables.folders).values(folder);
    }
    folderIds.set(path, known);
    return known;
  }

  /** The newest message of a folder, as a sighting that was decided. */
  async function sight(path: string, messageId: string, engagementId: string | null) {
    const { uid, uidValidity } = await newestIn(path);
    const repeated = { verdict: 'skipped', reason: 'duplicate' } as const;
    await db.insert(tables.sightings).values({
      ...{ workspaceId, mailboxId: id, folderId: await folderId(path), uidValidity, uid },
      ...{ flags: [], size: 1, arrivedAt: new Date(), stage: 'decided', decidedAt: new Date() },
      ...{ messageId, engagementId },
      ...(engagementId === null ? repeated : { verdict: 'logged' as const }),
    });
  }

  async function session() {
    return openImapSession({ ...server, password: 'secret' }, { address: '127.0.0.1' });
  }

  async function newestIn(path: string) {
    await using imap = await session();
    const { uidValidity } = await imap.openFolder(path);
    const uid = (await imap.uidsAfter(0)).at(-1);
    if (uid === undefined) throw new Error(`nothing in ${path}`);
    return { uid, uidValidity };
  }

  return {
    id,
    own,
    session,
    sight,
    /** Delivers a message and files it, with one attachment. */
    async receive(raw: Buffer, file: File = {}, folder = 'INBOX') {
      await dovecot.deliver(user, folder, raw);
      const elsewhere = await aMailbox(db, workspaceId);
      const mail = await aLoggedMail(db, workspaceId, { mailboxId: elsewhere });
      const { engagementId, messageId } = mail;
      await db.delete(tables.mailboxes).where(eq(tables.mailboxes.id, elsewhere));
      const { part = '2', name = 'offer.pdf', mediaType = 'application/pdf' } = file;
      await db
        .update(tables.attachments)
        .set({ part, name, mediaType })
        .where(eq(tables.attachments.engagementId, engagementId));
      await sight(folder, messageId, engagementId);
      const path = `/attachments/${toGlobalId('Engagement', engagementId)}/${part}`;
      return { engagementId, messageId, path };
    },
  };
}

export function get(
  api: TestApi,
  path: string,
  { tenant = api.acme, ...init }: RequestInit & { tenant?: Tenant | null } = {},
): Promise<Response> {
  const headers = tenant === null ? {} : { authorization: `Bearer ${tenant.token}` };
  return fetch(`${api.url}${path}`, { ...init, headers });
}

export async function octetsOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
