import type { TestProject } from 'vitest/node';
import { shareServers } from './servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
    temporalAddress: string;
  }
}

/** `inject('temporalAddress')` in a test; databases come from `createDatabase` (postgres.ts). */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await shareServers();
  project.provide('databaseUrl', servers.databaseUrl);
  project.provide('temporalAddress', servers.temporalAddress);
  return async () => {
    await servers[Symbol.asyncDispose]();
  };
}
