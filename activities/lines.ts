/** Work on one thing, one after the other, in the order it was asked for. */
export class Lines {
  /** The last in each line. */
  readonly #last = new Map<string, Promise<void>>();

  /** Whoever is aborted leaves the line; those behind move up when it is their turn. */
  async inTurn<T>(key: string, signal: AbortSignal | null, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const done = Promise.withResolvers<undefined>();
    const mine = Promise.all([before, done.promise]).then(() => undefined);
    this.#last.set(key, mine);
    try {
      if (before !== undefined) await orAborted(before, signal);
      return await work();
    } finally {
      done.resolve(undefined);
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}

async function orAborted(work: Promise<void>, signal: AbortSignal | null): Promise<void> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(new DOMException('Cancelled in the line.', 'AbortError'));
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
