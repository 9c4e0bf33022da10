/** A command that the scripted server received. */
export interface Exchange {
  readonly tag: string;
  /** With its arguments, literals put in place, passwords included, e.g. `UID FETCH 1:3 (FLAGS)`. */
  readonly command: string;
  /** Without its arguments, e.g. `UID FETCH`. */
  readonly name: string;
  /** The connections of a server count from 1. */
  readonly connection: number;
  /** How often this command has come, over all connections, this time included. */
  readonly times: number;
}

/**
 * What the server sends: lines (`TAG ` at the start of one becomes the command's tag), or nothing for ever. The line
 * `CLOSE` drops the connection, `TLS` begins TLS, and behind a line `+ …` the server waits for a line of the client.
 */
export type Lines = readonly string[] | 'silence';
export type Answer = Lines | ((exchange: Exchange) => Lines | Promise<Lines>);
/** By the command's name; what is not in it is answered `TAG OK done`. */
export type Script = Readonly<Record<string, Answer>>;

/** The first answer to the first such command, the second to the second, and the last one from then on. */
export function inTurn(...answers: readonly Answer[]): Answer {
  return (exchange) => {
    const answer = answers[Math.min(exchange.times, answers.length) - 1] ?? 'silence';
    return linesOf(answer, exchange);
  };
}

/** An answer that waits until the test lets it go. */
export function held(answer: Answer): { readonly answer: Answer; readonly release: () => void } {
  const { promise, resolve } = Promise.withResolvers<null>();
  return {
    answer: async (exchange) => {
      await promise;
      return linesOf(answer, exchange);
    },
    release: () => resolve(null),
  };
}

export function linesOf(answer: Answer, exchange: Exchange): Lines | Promise<Lines> {
  return typeof answer === 'function' ? answer(exchange) : answer;
}

/** `UID FETCH 1:3 (…)` -> `UID FETCH`. */
export function commandName(command: string): string {
  return /^(?:UID )?\S+/i.exec(command)?.[0].toUpperCase() ?? '';
}

const MAILBOX = [
  '* 3 EXISTS',
  '* FLAGS (\\Seen \\Draft)',
  '* OK [UIDVALIDITY 7] ok',
  '* OK [UIDNEXT 4] ok',
  'TAG OK [READ-ONLY] done',
];

/** A small server that likes everything: three messages, UIDs 1 to 3. */
export const FRIENDLY: Script = {
  CAPABILITY: ['* CAPABILITY IMAP4rev1', 'TAG OK done'],
  NAMESPACE: ['* NAMESPACE (("" "/")) NIL NIL', 'TAG OK done'],
  LIST: ['* LIST () "/" "INBOX"', 'TAG OK done'],
  EXAMINE: MAILBOX,
  STATUS: ['* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7)', 'TAG OK done'],
  'UID SEARCH': ['* SEARCH 3', 'TAG OK done'],
  IDLE: ['+ idling', 'TAG OK done'],
  STARTTLS: ['TAG OK begin TLS', 'TLS'],
  LOGOUT: ['* BYE bye', 'TAG OK done', 'CLOSE'],
};
