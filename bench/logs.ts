import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

/** A place in a growing log: what is written later can be read alone. */
export interface LogMark {
  readonly file: string;
  readonly from: number;
}

export function markLog(file: string): LogMark {
  return { file, from: statSync(file).size };
}

function linesSince({ file, from }: LogMark): readonly string[] {
  return readFileSync(file).subarray(from).toString('utf8').split('\n');
}

/** Octets over all IMAP sessions that have ended since, by Dovecot's own count: `in=` came from clients. */
export function octetsSince(mark: LogMark): { sessions: number; in: number; out: number } {
  const sessions = linesSince(mark).flatMap((line) => {
    const [, received, sent] = / in=(\d+) out=(\d+)/.exec(line) ?? [];
    return received === undefined ? [] : [{ in: Number(received), out: Number(sent) }];
  });
  return {
    sessions: sessions.length,
    in: sessions.reduce((sum, session) => sum + session.in, 0),
    out: sessions.reduce((sum, session) => sum + session.out, 0),
  };
}

const stepDone = z.object({ msg: z.literal('step done'), step: z.string(), ms: z.number() });

/** Calls and milliseconds per activity, from the worker's log at level `debug`. */
export function stepsSince(mark: LogMark): ReadonlyMap<string, { calls: number; ms: number }> {
  const steps = new Map<string, { calls: number; ms: number }>();
  for (const line of linesSince(mark)) {
    if (!line.includes('"step done"')) continue;
    const { step, ms } = stepDone.parse(JSON.parse(line));
    const { calls, ms: earlier } = steps.get(step) ?? { calls: 0, ms: 0 };
    steps.set(step, { calls: calls + 1, ms: earlier + ms });
  }
  return steps;
}
