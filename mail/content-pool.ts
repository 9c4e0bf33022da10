import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { MessageContent } from '../domain/message.ts';
import { readContentSimply } from './content.ts';
import type { SentPart } from './content-thread.ts';
import type { FetchedPart } from './session.ts';

const THREAD = new URL('./content-thread.ts', import.meta.url);
const START_MS = 30_000;
/** CPU time for one message: ordinary ones take milliseconds. The time of the clock is the machine's, which may be busy. */
const DEADLINE_MS = 2000;
/** A thread that sleeps or waits uses no CPU time, and gets this much of the clock's. */
const SILENCE_MS = 30_000;
const LOOK_EVERY_MS = 200;
const MAX_HEAP_MB = 512;
/** As much as takes a tenth of a second at most: then it is the turn of others. */
const MESSAGES_AT_ONCE = 20;
const OCTETS_AT_ONCE = 1024 * 1024;

type Message = readonly FetchedPart[];
type Answer = readonly MessageContent[];

/**
 * Reads messages in a thread of its own, which is started when it is needed, ended when it hangs, and replaced when it
 * died. Keeps no process alive. Whoever asks gets his answer by portions, in turn with others.
 */
export class ContentPool {
  readonly #thread: URL;
  readonly #deadlineMs: number;
  readonly #silenceMs: number;
  readonly #maxHeapMb: number;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor({
    thread = THREAD,
    deadlineMs = DEADLINE_MS,
    silenceMs = SILENCE_MS,
    maxHeapMb = MAX_HEAP_MB,
  } = {}) {
    this.#thread = thread;
    this.#deadlineMs = deadlineMs;
    this.#silenceMs = silenceMs;
    this.#maxHeapMb = maxHeapMb;
  }

  /** What `readContents` makes of these messages, in their order. Throws only when no thread can be started. */
  async read(messages: readonly Message[]): Promise<Answer> {
    const contents: MessageContent[] = [];
    for (const some of portions(messages)) {
      contents.push(...((await this.#answer(some)) ?? (await this.#eachAlone(some))));
    }
    return contents;
  }

  /** One of them ended the thread: it gets what can be had without, the others what is due to them. */
  async #eachAlone(messages: readonly Message[]): Promise<Answer> {
    const contents: MessageContent[] = [];
    for (const message of messages) {
      const alone = await this.#answer([message]);
      contents.push(...(alone ?? [readContentSimply(message)]));
    }
    return contents;
  }

  async #answer(messages: readonly Message[]): Promise<Answer | null> {
    const answer = this.#last.then(() => this.#ask(messages));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** null when the thread took too long or died; the next question goes to a new one. */
  async #ask(messages: readonly Message[]): Promise<Answer | null> {
    const worker = (this.#worker ??= await this.#start());
    const answered = Promise.withResolvers<Answer | null>();
    const giveUp = () => answered.resolve(null);
    let progress = 0;
    const hear = (said: Answer | 'begins') => {
      if (said === 'begins') progress += 1;
      else answered.resolve(said);
    };
    worker.ref();
    worker.on('message', hear).once('exit', giveUp);
    post(worker, messages);
    const watch = this.#watch(worker, () => progress, giveUp);
    const answer = await answered.promise;
    clearInterval(watch);
    worker.off('message', hear).off('exit', giveUp).unref();
    if (answer === null) await worker.terminate();
    return answer;
  }

  /** Gives up on a thread that has worked on one message for too long, or has long said nothing at all. */
  #watch(worker: Worker, progressOf: () => number, giveUp: () => void): NodeJS.Timeout {
    let [progress, heardAt, usedBefore] = [-1, 0, 0];
    return setInterval(() => {
      const now = performance.now();
      const isSilent = progress === progressOf();
      if (isSilent && now - heardAt > this.#silenceMs) giveUp();
      void worker.cpuUsage().then(
        ({ user, system }) => {
          const used = (user + system) / 1000;
          if (progress !== progressOf()) {
            [progress, heardAt, usedBefore] = [progressOf(), now, used];
          } else if (used - usedBefore > this.#deadlineMs) giveUp();
        },
        // It has ended, and says so itself.
        () => undefined,
      );
    }, LOOK_EVERY_MS);
  }

  async #start(): Promise<Worker> {
    // It reads what strangers wrote: our secrets, which stand in the environment, are none of its business.
    const worker = new Worker(this.#thread, {
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: this.#maxHeapMb },
    });
    // `exit` follows; without anybody who listens it would end the process.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      this.#worker = null;
    });
    try {
      await once(worker, 'message', { signal: AbortSignal.timeout(START_MS) });
    } catch (error) {
      await worker.terminate();
      throw error;
    }
    return worker;
  }
}

const shared = new ContentPool();

/** `readContents` off the main thread of this process, and within two seconds of work for each message whatever it is. */
export async function readContentsApart(messages: readonly Message[]): Promise<Answer> {
  return shared.read(messages);
}

/** A Buffer may be a small part of a large block, which would go with it: hence the copies. */
function post(worker: Worker, messages: readonly Message[]): void {
  const sent = messages.map((parts) =>
    parts.map(({ part, octets }): SentPart => ({ part, octets: new Uint8Array(octets) })),
  );
  worker.postMessage(
    sent,
    sent.flat().map(({ octets }) => octets.buffer),
  );
}

function portions(messages: readonly Message[]): readonly (readonly Message[])[] {
  const result: Message[][] = [];
  let octets = 0;
  for (const message of messages) {
    const portion = result.at(-1);
    if (portion === undefined || portion.length === MESSAGES_AT_ONCE || octets > OCTETS_AT_ONCE) {
      result.push([message]);
      octets = 0;
    } else {
      portion.push(message);
    }
    octets += message.reduce((sum, part) => sum + part.octets.length, 0);
  }
  return result;
}
