/** Where somebody stands in a line. */
export interface Place {
  /** Settles when those before have left; undefined when there is nobody. */
  readonly turn: Promise<void> | undefined;
  readonly leave: () => void;
}

/** Work on one thing, one after the other, in the order it was asked for. */
export class Lines {
  /** The last in each line. */
  readonly #last = new Map<string, Promise<void>>();

  /** A place in the line, before anybody who comes later; to be left, whatever becomes of the work. */
  book(key: string): Place {
    const before = this.#last.get(key);
    const done = Promise.withResolvers<undefined>();
    const mine = Promise.all([before, done.promise]).then(() => undefined);
    this.#last.set(key, mine);
    return {
      turn: before,
      leave: () => {
        done.resolve(undefined);
        if (this.#last.get(key) === mine) this.#last.delete(key);
      },
    };
  }

  /** Whoever is aborted leaves the line; those behind move up when it is their turn. */
  async inTurn<T>(
    key: string,
    signal: AbortSignal | null,
    work: () => Promise<T>,
    place = this.book(key),
  ): Promise<T> {
    try {
      if (place.turn !== undefined) await orAborted(place.turn, signal);
      return await work();
    } finally {
      place.leave();
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
