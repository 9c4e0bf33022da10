import { killAll } from './processes.ts';

/** A terminal sends Ctrl-C to us and to npm, which passes it on: that is one wish to stop, not two. */
const ONE_WISH_MS = 1_000;

/** The signal that is aborted when the user asks to stop; who asks again is not kept waiting. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let askedAt: number | undefined;
  const ask = (): void => {
    askedAt ??= Date.now();
    controller.abort();
    if (Date.now() - askedAt < ONE_WISH_MS) return;
    killAll();
    process.exit(1);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, ask);
  return controller.signal;
}

/** Rejects when the user asks to stop before `work` is done. */
export async function unlessStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return Promise.race([work, stopped(signal).then(() => Promise.reject(asError(signal)))]);
}

export function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function asError(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('stopped');
}
