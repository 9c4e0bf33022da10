import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const TAIL_BYTES = 256 * 1024;

/** What a log has gained since it was `from` bytes long, the end of it when that is much. */
export function readTail(file: string, from: number): string {
  const log = openSync(file, 'r');
  try {
    const { size } = fstatSync(log);
    const start = Math.max(from, size - TAIL_BYTES);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    return bytes.toString('utf8', 0, readSync(log, bytes, 0, bytes.length, start));
  } finally {
    closeSync(log);
  }
}
