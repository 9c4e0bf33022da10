/**
 * Installs or finds what Mailroom runs on: npm packages, Node 24, PostgreSQL, the Temporal server,
 * with --demo or --test a Dovecot, and with --test the mail that only tests read. Runs before
 * anything is installed, hence plain JavaScript for Node 20 without packages. Everything is looked
 * for first, so a second run has nothing to do.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchCorpora } from './corpora.js';
import { installDovecot } from './install-dovecot.js';
import { checkNode, checkPostgres, installPackages } from './install-packages.js';
import { installTemporal } from './install-temporal.js';
import { print } from './progress.js';
import { SetupError } from './setup-error.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OPTIONS = ['--demo', '--test'];

try {
  await setup(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** @param {readonly string[]} args */
async function setup(args) {
  const unknown = args.find((argument) => !OPTIONS.includes(argument));
  if (unknown)
    throw new SetupError(`Unknown argument ${unknown}: setup knows ${OPTIONS.join(', ')}.`);
  checkOwnNode();
  report('npm packages', await installPackages(root, { withDev: args.includes('--test') }));
  report('Node', await checkNode(root));
  report('PostgreSQL', checkPostgres(root));
  const node = join(root, 'node_modules', '.bin', 'node');
  report('Temporal', await installTemporal({ node, root }));
  if (args.length > 0) report('Dovecot', await installDovecot());
  if (args.includes('--test')) report('mail corpora', await fetchCorpora());
}

function checkOwnNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  throw new SetupError(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
}

/** @param {string} what @param {string} found */
function report(what, found) {
  print(`${what.padEnd(13)} ${found}`);
}
