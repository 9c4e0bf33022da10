/**
 * Measures what issues 4 and 5 promise under "Fast", against real servers on this machine; docs/performance.md says how to
 * read it. Never part of `npm test`: timings need a quiet machine.
 */
import { fileURLToPath } from 'node:url';
import { benchImport } from './import-report.ts';
import { benchMailboxes } from './mailboxes.ts';
import { benchMime } from './mime.ts';
import { benchPush } from './push.ts';
import { benchRules } from './rules.ts';
import { benchVisit } from './visit.ts';
import { parseOptions, USAGE, type Benchmark, type Options } from './options.ts';
import { machine, renderSection, writeResults, type Section } from './report.ts';

const DOCUMENT = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

const BENCHES: Readonly<
  Partial<Record<Benchmark, (options: Options, print: (line: string) => void) => Promise<Section>>>
> = {
  import: benchImport,
  visit: benchVisit,
  mailboxes: benchMailboxes,
  push: benchPush,
  rules: benchRules,
  mime: benchMime,
};

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(USAGE);
  process.exit(0);
}
const options = readOptions();
// Not the end without a word that a signal is: what was started is stopped at the exit (local/processes.ts).
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
const results = new Map<string, string>();
let isMissed = false;
for (const name of options.only) {
  const run = BENCHES[name];
  if (run === undefined) continue;
  const section = await run(options, (line) => {
    console.log(`  ${name}: ${line}`);
  });
  const head = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, \`${command}\`, ${machine()}`;
  const [title = '', ...rest] = renderSection(section).split('\n');
  const text = [title, '', head, ...rest].join('\n');
  results.set(name, text);
  isMissed ||= section.findings.some(({ isMet }) => isMet === false);
  console.log(`\n${text}\n`);
}
if (options.isWritten) writeResults(DOCUMENT, results);
if (isMissed && options.isStrict) process.exitCode = 1;

function readOptions(): Options {
  try {
    return parseOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}
