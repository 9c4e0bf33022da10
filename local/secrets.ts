import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';

/** A secret of 32 random bytes that is made at first use and kept, readable by its owner only. */
export function keptSecret(file: string, encoding: 'base64' | 'base64url'): string {
  const kept = readSecret(file);
  if (kept) return kept;
  const secret = randomBytes(32).toString(encoding);
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  // `mode` counts only for a new file.
  chmodSync(file, 0o600);
  return secret;
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
