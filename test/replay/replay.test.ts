import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, test } from 'vitest';
import { workflowBundle } from '../support/mailbox-workflow.ts';

const HISTORIES = new URL('../fixtures/histories/', import.meta.url);

/** Every recorded history of every release that may still be running. */
function recorded() {
  return readdirSync(HISTORIES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({
      workflowId: file,
      history: historyFromJSON(JSON.parse(readFileSync(new URL(file, HISTORIES), 'utf8'))),
    }));
}

async function replay(bundle: Awaited<ReturnType<typeof workflowBundle>>) {
  const failures = new Map<string, unknown>();
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: bundle },
    recorded(),
  )) {
    if (error !== undefined) failures.set(workflowId, error);
  }
  return failures;
}

describe('running mailboxes survive this deploy', () => {
  test('R41 every recorded history replays', async () => {
    expect(recorded().length).toBeGreaterThanOrEqual(17);
    expect(await replay(await workflowBundle())).toEqual(new Map());
  });

  test('the guard can fail: a loop that waits before it loads does not replay', async () => {
    const altered = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./altered-workflow.ts', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    });
    const failures = await replay(altered);
    expect(failures.size).toBe(recorded().length);
    for (const error of failures.values()) expect(error).toBeInstanceOf(DeterminismViolationError);
  });
});
