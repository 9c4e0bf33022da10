import { MailError } from './errors.ts';
import type { Pop3Capabilities } from './pop3-commands.ts';
import type { Pop3Connection } from './pop3-connection.ts';
import { isLater, parseReply, refusal, type Pop3Reply } from './pop3-errors.ts';
import type { MailServer } from './session.ts';

type Mechanism = 'XOAUTH2' | 'PLAIN' | 'USER' | 'LOGIN';

/** What would end a line, or a field of a SASL message, and let a password become a command. */
const UNSENDABLE = /[\r\n\0]/;
const OAUTH_SEPARATOR = '\x01';

/** Refuses credentials that cannot be sent (RFC 1939 section 3, RFC 4616), before anything is. */
export function assertSendable({ username, password, accessToken = '' }: MailServer): void {
  const isOauthSplit = accessToken !== '' && `${username}${accessToken}`.includes(OAUTH_SEPARATOR);
  if (![username, password, accessToken].some((text) => UNSENDABLE.test(text)) && !isOauthSplit) {
    return;
  }
  throw new MailError('authentication_failed', 'The user name or password cannot be sent.', {
    responseCode: 'InvalidStringValue',
  });
}

/**
 * Logs in with the one mechanism that fits (RFC 5034, RFC 1939 section 7; XOAUTH2 as Google and Microsoft describe it).
 * A refusal is final: the next mechanism would only count as another wrong password.
 */
export async function logIn(
  connection: Pop3Connection,
  server: MailServer,
  capabilities: Pop3Capabilities,
): Promise<void> {
  const attempted = 'log in to the mail server';
  const mechanism = chooseMechanism(server, capabilities);
  await connection.run(attempted, async () => {
    const reply = await exchange(connection, server, mechanism);
    if (reply.isOk) return;
    throw refusal(reply, attempted, { isLogin: true, loginDelayMs: capabilities.loginDelayMs });
  });
}

function chooseMechanism(
  { accessToken }: MailServer,
  { isKnown, sasl, hasUser }: Pop3Capabilities,
): Mechanism {
  const isListed = (mechanism: string) => !isKnown || sasl.size === 0 || sasl.has(mechanism);
  if (accessToken !== undefined) {
    if (isListed('XOAUTH2')) return 'XOAUTH2';
    throw noWayIn();
  }
  if (sasl.has('PLAIN')) return 'PLAIN';
  // A server that lists nothing at all has USER and PASS: everybody had them before there was a list.
  if (hasUser || !isKnown || sasl.size === 0) return 'USER';
  if (sasl.has('LOGIN')) return 'LOGIN';
  throw noWayIn();
}

async function exchange(
  connection: Pop3Connection,
  { username, password, accessToken = '' }: MailServer,
  mechanism: Mechanism,
): Promise<Pop3Reply> {
  switch (mechanism) {
    case 'USER': {
      const user = await connection.ask(`USER ${username}`);
      return user.isOk ? connection.ask(`PASS ${password}`) : user;
    }
    case 'PLAIN':
      return authenticate(connection, mechanism, [`\0${username}\0${password}`]);
    case 'LOGIN':
      return authenticate(connection, mechanism, [username, password]);
    case 'XOAUTH2': {
      const token = ['user=', username, OAUTH_SEPARATOR, 'auth=Bearer ', accessToken];
      const secret = `${token.join('')}${OAUTH_SEPARATOR}${OAUTH_SEPARATOR}`;
      // A refused token comes as a challenge that says why; the refusal follows an empty answer.
      return authenticate(connection, mechanism, [secret, '']);
    }
  }
}

/** One answer for each challenge, none with the command itself: a token is longer than a command may be (RFC 5034). */
async function authenticate(
  connection: Pop3Connection,
  mechanism: string,
  answers: readonly string[],
): Promise<Pop3Reply> {
  connection.send(`AUTH ${mechanism}`);
  for (const [index, answer] of answers.entries()) {
    const reply = await replyOrChallenge(connection);
    if (reply !== null) {
      const isUnknown = index === 0 && !reply.isOk && reply.code === '' && !isLater(reply);
      if (isUnknown && mechanism === 'XOAUTH2') throw noWayIn();
      return reply;
    }
    connection.send(Buffer.from(answer, 'utf8').toString('base64'));
  }
  const reply = await replyOrChallenge(connection);
  if (reply !== null) return reply;
  connection.send('*');
  return connection.reply();
}

/** null for a challenge: what it says is known from its place. */
async function replyOrChallenge(connection: Pop3Connection): Promise<Pop3Reply | null> {
  const line = await connection.line();
  if (line === '+' || line.startsWith('+ ')) return null;
  const reply = parseReply(line);
  if (reply !== null) return reply;
  throw new MailError('protocol_violation', 'The mail server does not speak POP3.');
}

function noWayIn(): MailError {
  return new MailError('authorization_failed', 'The mail server takes no such credentials.');
}
