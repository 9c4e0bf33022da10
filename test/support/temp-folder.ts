import { chmodSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempFolder extends Disposable {
  readonly path: string;
}

/** A new folder that everybody may enter, as servers run as another user under root. */
export function makeTempFolder(name: string): TempFolder {
  const path = mkdtempSync(join(tmpdir(), `mailroom-test-${name}-`));
  chmodSync(path, 0o755);
  return { path, [Symbol.dispose]: () => removeFolder(path) };
}

/** Server folders that local/unprivileged.ts had to put elsewhere are linked from here. */
function removeFolder(path: string): void {
  for (const entry of readdirSync(path)) {
    const file = join(path, entry);
    if (lstatSync(file).isSymbolicLink()) rmSync(realpathSync(file), { recursive: true });
  }
  rmSync(path, { recursive: true, force: true });
}
