/** A thread for ContentPool that reads messages as the real one does, except for texts that tell it to fail. */
import { parentPort } from 'node:worker_threads';
import { readContents } from '../../mail/content.ts';
import type { SentPart } from '../../mail/content-thread.ts';

const FAILURES: Readonly<Record<string, () => void>> = {
  hang: () => {
    for (;;);
  },
  sleep: () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  exit: () => process.exit(1),
  throw: () => {
    throw new Error('The thread fails.');
  },
  memory: () => {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, n) => n + kept.length));
  },
};

parentPort?.on('message', (messages: readonly (readonly SentPart[])[]) => {
  const received = messages.map((parts) =>
    parts.map(({ part, octets }) => ({ part, octets: Buffer.from(octets.buffer) })),
  );
  for (const { octets } of received.flat()) FAILURES[octets.toString()]?.();
  parentPort?.postMessage('begins');
  void readContents(received).then((contents) => parentPort?.postMessage(contents));
});
parentPort?.postMessage('ready');
