/** `node bench/profile-top.ts FILE`: where a CPU profile that `npm run bench -- --profile DIR` left was spent. */
import { readProfile, type Hot } from './profile.ts';

const LINES = 40;

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('node bench/profile-top.ts FILE.cpuprofile');
  process.exit(2);
}
const { busyMs, modules, self } = readProfile(file);
const list = (hot: readonly Hot[]) =>
  hot
    .slice(0, LINES)
    .map(({ name, ms }) => `${ms.toFixed(0).padStart(7)} ms  ${name}`)
    .join('\n');
console.log(`busy ${busyMs.toFixed(0)} ms`);
console.log(`\nwith everything they called:\n${list(modules)}`);
console.log(`\nthemselves:\n${list(self)}`);
