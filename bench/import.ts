import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { corpus } from './corpus.ts';
import { markLog, octetsSince, stepsSince, type LogMark } from './logs.ts';
import { openOffice } from './office.ts';
import { fetchWith, type Peer } from './peers.ts';
import { cpuSeconds, cpuSecondsOfEnded, difference } from './processes.ts';
import { MAIL_USER, type Bench } from './servers.ts';

/** One import of the whole mailbox by one contender. */
export interface ImportRun {
  readonly seconds: number;
  /** CPU seconds per process, Dovecot included; of a peer as `peer`. */
  readonly cpu: Readonly<Record<string, number>>;
  /** What Dovecot has sent. */
  readonly octets: number;
  readonly sessions: number;
}

export interface ProductRun extends ImportRun {
  readonly share: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** Per activity, when the worker logs at level `debug`; else empty. */
  readonly steps: ReadonlyMap<string, { calls: number; ms: number }>;
}

const GIVE_UP_AFTER_MS = 10 * 60_000;
const LOOK_EVERY_MS = 100;
/** Between two contenders: what the one before still does is not for the next to pay. */
export const REST_MS = 1_500;
/** Sessions that a visit left open are closed by the product itself after 20 s. */
const SESSION_ENDS_WITHIN_MS = 30_000;

/** Fills the INBOX; returns its octets. */
export async function fillInbox({ dovecot }: Bench, messages: number): Promise<number> {
  let octets = 0;
  for (const { raw, internalDate } of corpus(messages)) {
    octets += raw.length;
    await dovecot.deliver(MAIL_USER.user, 'INBOX', raw, { flags: ['\\Seen'], internalDate });
  }
  return octets;
}

/** What Dovecot remembers of headers and structures goes; UIDs stay. */
export function forgetIndexes({ dovecot }: Bench): void {
  for (const file of ['dovecot.index', 'dovecot.index.log', 'dovecot.index.cache']) {
    rmSync(join(dovecot.mailDir(MAIL_USER.user), file), { force: true });
  }
}

/** From the mutation that connects the mailbox to the decision on its last message, in a workspace of its own. */
export async function importWithProduct(
  bench: Bench,
  { share, messages }: { share: number; messages: number },
): Promise<ProductRun> {
  const { product, dovecot, processes } = bench;
  const office = await openOffice(product, share);
  const workerLog = markLog(product.worker.spec.logFile);
  const mailLog = markLog(dovecot.process.spec.logFile);
  const cpu = cpuSeconds(processes);
  const startedAt = performance.now();
  const settings = { history: { mode: 'ALL' } };
  const mailbox = await office.connect({ port: dovecot.imapPort, settings });
  while ((await office.decided(mailbox)) < messages) {
    if (performance.now() - startedAt > GIVE_UP_AFTER_MS) throw new Error('The import hangs.');
    await sleep(LOOK_EVERY_MS);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const used = difference(cpu, cpuSeconds(processes));
  const verdicts = await office.verdicts(mailbox);
  await office.disconnect(mailbox);
  const { out: octets, sessions } = await whenSessionsEnded(mailLog);
  return { seconds, cpu: used, octets, sessions, share, verdicts, steps: stepsSince(workerLog) };
}

export async function importWithPeer(bench: Bench, peer: Peer): Promise<ImportRun> {
  const { dovecot, processes, folder } = bench;
  const mailLog = markLog(dovecot.process.spec.logFile);
  const [cpu, ended] = [cpuSeconds(processes), cpuSecondsOfEnded()];
  const { seconds } = await fetchWith(peer, {
    ...{ port: dovecot.imapPort, ...MAIL_USER },
    folder: join(folder, 'peers', peer),
  });
  const used = { ...difference(cpu, cpuSeconds(processes)), peer: cpuSecondsOfEnded() - ended };
  const { out: octets, sessions } = await whenSessionsEnded(mailLog);
  return { seconds, cpu: used, octets, sessions };
}

/** Dovecot tells the octets of a session when it ends; nothing new for half a second means that all have. */
async function whenSessionsEnded(mark: LogMark): Promise<ReturnType<typeof octetsSince>> {
  const deadline = performance.now() + SESSION_ENDS_WITHIN_MS;
  let [before, now] = [-1, octetsSince(mark).sessions];
  while ((now === 0 || now !== before) && performance.now() < deadline) {
    await sleep(500);
    [before, now] = [now, octetsSince(mark).sessions];
  }
  return octetsSince(mark);
}
