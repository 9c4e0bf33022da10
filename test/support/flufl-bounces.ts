import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A sample of flufl.bounce with what its own tests expect. */
export interface FluflSample {
  readonly file: string;
  readonly raw: Buffer;
  /** Lower case, in order. */
  readonly recipients: readonly string[];
  readonly isTemporary: boolean;
}

/** `folder` is the unpacked sdist of flufl.bounce 6.0.0. Its tests are Python; read here is their table. */
export function fluflSamples(folder: string): readonly FluflSample[] {
  const table = readFileSync(join(folder, 'tests/test_detectors.py'), 'utf8');
  const rows = [...table.matchAll(/\('\w+', '([\w.]+)',\s*\[([^\]]*)\], (True|False)\)/g)].map(
    ([, file = '', list = '', isTemporary]) => ({
      file,
      recipients: [...list.matchAll(/b'([^']*)'/g)].map(([, address = '']) =>
        address.toLowerCase(),
      ),
      isTemporary: isTemporary === 'True',
    }),
  );
  const data = join(folder, 'tests/data');
  const files = readdirSync(data).filter((file) => file.endsWith('.txt'));
  return files.toSorted().map((file) => {
    // Some are asked of several recognisers, of which one knows them.
    const expected = rows.filter((row) => row.file === file);
    return {
      ...{ file, raw: readFileSync(join(data, file)) },
      recipients: [...new Set(expected.flatMap(({ recipients }) => recipients))].toSorted(),
      isTemporary: expected.some(({ isTemporary }) => isTemporary),
    };
  });
}
