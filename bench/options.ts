import { parseArgs } from 'node:util';
import { PEERS, type Peer } from './peers.ts';

export const BENCHMARKS = ['import', 'visit', 'mailboxes', 'push', 'rules', 'mime'] as const;
export type Benchmark = (typeof BENCHMARKS)[number];

export interface Options {
  readonly only: readonly Benchmark[];
  readonly runs: number;
  readonly messages: number;
  /** Shares of customer mail, in [0, 1]. */
  readonly shares: readonly number[];
  readonly peers: readonly Peer[];
  /** Without what Dovecot remembers of earlier runs. */
  readonly isCold: boolean;
  readonly withSteps: boolean;
  /** Where CPU profiles of worker and API go; they cost time themselves. */
  readonly profileDir: string | null;
  readonly mailboxes: number;
  readonly minutes: number;
  readonly deliveries: number;
  readonly isStrict: boolean;
  readonly isWritten: boolean;
}

export const USAGE = `npm run bench -- [flags]
  --only NAME       ${BENCHMARKS.join(', ')}; may be repeated; all without it
  --runs N          timed runs of each contender; medians are shown (3)
  --messages N      messages in the mailbox that is imported (5000)
  --share S         share of customer mail, 0 to 1; may be repeated (0.1 and 1)
  --peer NAME       ${PEERS.join(', ')}; may be repeated (mbsync)
  --cold            Dovecot forgets headers and structures before every run
  --steps           time per activity; the worker logs more for it
  --profile DIR     CPU profiles of the worker and the API
  --mailboxes N     mailboxes visited every minute (1000)
  --minutes N       how long they are watched after a minute of warm-up (5)
  --deliveries N    messages delivered to a mailbox with push (100)
  --strict          exit code 1 when a target is missed
  --write           keep the results in docs/performance.md`;

/** Throws with a message for people when a flag makes no sense. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: [...args], options: FLAGS });
  return {
    only: (values.only ?? [...BENCHMARKS]).map((name) => oneOf(BENCHMARKS, name)),
    runs: positive('runs', values.runs),
    messages: positive('messages', values.messages),
    shares: (values.share ?? ['0.1', '1']).map(Number),
    peers: (values.peer ?? ['mbsync']).map((name) => oneOf(PEERS, name)),
    isCold: values.cold,
    withSteps: values.steps,
    profileDir: values.profile ?? null,
    mailboxes: positive('mailboxes', values.mailboxes),
    minutes: positive('minutes', values.minutes),
    deliveries: positive('deliveries', values.deliveries),
    isStrict: values.strict,
    isWritten: values.write,
  };
}

const FLAGS = {
  only: { type: 'string', multiple: true },
  runs: { type: 'string', default: '3' },
  messages: { type: 'string', default: '5000' },
  share: { type: 'string', multiple: true },
  peer: { type: 'string', multiple: true },
  cold: { type: 'boolean', default: false },
  steps: { type: 'boolean', default: false },
  profile: { type: 'string' },
  mailboxes: { type: 'string', default: '1000' },
  minutes: { type: 'string', default: '5' },
  deliveries: { type: 'string', default: '100' },
  strict: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
} as const;

function positive(name: string, text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Error(`--${name} must be a number above 0, not ${text}.`);
}

function oneOf<T extends string>(choices: readonly T[], name: string): T {
  const found = choices.find((choice) => choice === name);
  if (found !== undefined) return found;
  throw new Error(`There is no ${name}: choose from ${choices.join(', ')}.`);
}
