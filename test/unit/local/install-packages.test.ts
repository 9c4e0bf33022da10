import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packagesMatchLockFile } from '../../../local/install-packages.js';
import { makeTempFolder } from '../../support/temp-folder.ts';

type Packages = Record<string, { version: string; optional?: boolean; dev?: boolean }>;

const ZOD = { 'node_modules/zod': { version: '4.6.7' } };
const VITEST = { 'node_modules/vitest': { version: '5.1.1', dev: true } };
const OTHER_PLATFORM = { 'node_modules/binary-darwin': { version: '1.0.0', optional: true } };

test('an install that is complete is left alone', () => {
  expect(matches({ ...ZOD, ...OTHER_PLATFORM }, ZOD)).toBe(true);
});

test('`npm start` does without the packages of tests, `npm test` does not', () => {
  expect(matches({ ...ZOD, ...VITEST }, ZOD, { withDev: false })).toBe(true);
  expect(matches({ ...ZOD, ...VITEST }, { ...ZOD, ...VITEST }, { withDev: false })).toBe(true);
  expect(matches({ ...ZOD, ...VITEST }, ZOD, { withDev: true })).toBe(false);
});

test.each<[string, Packages, Packages | undefined]>([
  ['nothing is installed, or the install was interrupted', ZOD, undefined],
  ['a package is missing', ZOD, {}],
  ['a package has another version', ZOD, { 'node_modules/zod': { version: '4.6.6' } }],
  ['a package is no longer wanted', {}, ZOD],
])('packages are installed when %s', (_why, wanted, present) => {
  expect(matches(wanted, present)).toBe(false);
});

function matches(
  wanted: Packages,
  present: Packages | undefined,
  options = { withDev: true },
): boolean {
  using folder = makeTempFolder('packages');
  mkdirSync(join(folder.path, 'node_modules'));
  const lock = (packages: Packages): string => JSON.stringify({ packages });
  writeFileSync(join(folder.path, 'package-lock.json'), lock(wanted));
  if (present) {
    writeFileSync(join(folder.path, 'node_modules', '.package-lock.json'), lock(present));
  }
  return packagesMatchLockFile(folder.path, options);
}
