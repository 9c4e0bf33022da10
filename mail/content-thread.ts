/**
 * The thread that content-pool.ts starts: says once that it is ready, then answers messages with their contents, and says
 * when it begins with each.
 */
import { parentPort } from 'node:worker_threads';
import type { BodyPart } from '../domain/message.ts';
import { readContents } from './content.ts';
import type { FetchedPart } from './session.ts';

/** A FetchedPart on its way between threads, where a Buffer becomes the array that it is. */
export interface SentPart {
  readonly part: BodyPart;
  readonly octets: Uint8Array<ArrayBuffer>;
}

if (parentPort === null) throw new Error('content-thread.ts runs as a thread only.');
const port = parentPort;
port.on('message', (messages: readonly (readonly SentPart[])[]) => {
  // What is thrown ends the thread, and the pool goes on with another one.
  const received = messages.map((parts) => parts.map(toFetched));
  void readContents(received, () => port.postMessage('begins')).then((contents) => {
    port.postMessage(contents);
  });
});
port.postMessage('ready');

function toFetched({ part, octets }: SentPart): FetchedPart {
  return { part, octets: Buffer.from(octets.buffer) };
}
