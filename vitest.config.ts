import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * One project per suite (docs/architecture.md, "Tests"). Only `unit` runs without servers; the rest
 * share the servers that test/support/servers.ts starts once for the whole run.
 */
const withServers = {
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    // Most of the time a file waits for its servers; vitest would leave one core of two to them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...withServers } },
      { test: { name: 'workflow', include: ['test/workflow/**/*.test.ts'], ...withServers } },
      { test: { name: 'replay', include: ['test/replay/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          ...withServers,
          testTimeout: 240_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
