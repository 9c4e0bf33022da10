import { mkdirSync } from 'node:fs';
import { cacheFolder, findOnPath, findTemporal } from './find.js';
import { print, withProgress } from './progress.js';
import { lastLines, runCommand } from './run-command.js';
import { SetupError } from './setup-error.js';

// 1.9.1, the newest, cannot be built by `go install`: its go.mod has replace directives.
const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

/** Fails fast where there is no way out: an offline machine refuses within milliseconds or hangs. */
const DOWNLOAD_LIMIT_MS = 90_000;
const BUILD_LIMIT_MS = 30 * 60_000;

const DOWNLOAD_BY_SDK = `
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const executable = { type: 'cached-download', downloadDir: process.argv[1] };
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
`;

/** @param {{ node: string, root: string }} where */
export async function installTemporal({ node, root }) {
  if (process.env.TEMPORAL_ADDRESS) return 'TEMPORAL_ADDRESS is set';
  const present = findTemporal();
  if (present) return await checked(present);
  mkdirSync(cacheFolder(), { recursive: true });
  await download(node, root);
  if (!findTemporal()) await build();
  const installed = findTemporal();
  if (installed) return await checked(installed);
  throw new SetupError(
    'No Temporal server was found, downloaded or built: install the Temporal CLI ' +
      '(docs.temporal.io/cli) or Go 1.24 or newer, or set TEMPORAL_ADDRESS to a running server.',
  );
}

/** @param {string} binary */
async function checked(binary) {
  const { ok, output } = await runCommand(binary, ['--version'], { timeoutMs: 20_000 });
  if (ok) return output.trim();
  throw new SetupError(
    `The Temporal server ${binary} does not run on this machine: remove it and start again.`,
  );
}

/** @param {string} node @param {string} root */
async function download(node, root) {
  const args = ['--input-type=module', '--eval', DOWNLOAD_BY_SDK, cacheFolder()];
  await withProgress(
    'downloading the Temporal server',
    runCommand(node, args, { cwd: root, timeoutMs: DOWNLOAD_LIMIT_MS }),
  );
}

async function build() {
  const go = findOnPath('go', ['/usr/local/go/bin']);
  if (!go) return;
  print('  the Temporal server could not be downloaded: building it, once, takes 3 to 5 minutes');
  const { ok, output } = await withProgress(
    'building the Temporal server (go install)',
    runCommand(go, ['install', GO_PACKAGE], {
      env: { ...process.env, GOBIN: cacheFolder() },
      timeoutMs: BUILD_LIMIT_MS,
    }),
  );
  if (!ok) print(`  go install failed:\n${lastLines(output)}`);
}
