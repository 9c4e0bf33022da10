import { openPop3Session, noUidls, type Pop3Options, type UidlStore } from '../../../mail/pop3.ts';
import type { MailServer, MailSession } from '../../../mail/session.ts';
import type { ScriptedPop3 } from '../../support/scripted-pop3.ts';

/** A session with a scripted server, logged in. */
export async function open(
  scripted: ScriptedPop3,
  options: Partial<Pop3Options> = {},
  server: Partial<MailServer> = {},
  uidls: UidlStore = noUidls,
): Promise<MailSession> {
  const address = '127.0.0.1';
  return openPop3Session({ ...scripted.server, ...server }, { address, ...options }, uidls);
}

/** A multi-line answer whose lines stand as they are. */
export const lines = (...all: readonly string[]): string => `+OK\r\n${all.join('\r\n')}\r\n.\r\n`;

/** The octets one by one, each in a packet of its own. */
export const octetByOctet = (text: string): readonly Buffer[] =>
  [...Buffer.from(text, 'latin1')].map((octet) => Buffer.from([octet]));

/** The whole text of a message as it was downloaded. */
export async function textOf(session: MailSession, uid = 1): Promise<string | undefined> {
  const fetched = await session.fetchParts([{ uid, parts: [] }]);
  const parts = fetched.get(uid)?.parts;
  return parts?.map(({ octets }) => octets.toString('latin1')).join('|');
}
