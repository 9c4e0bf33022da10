import { expect, test } from 'vitest';
import { runTogether } from '../../../activities/run-together.ts';

/** A worker that runs until it is told to stop, or until it breaks. */
function aWorker() {
  const end = Promise.withResolvers<undefined>();
  let state: 'RUNNING' | 'STOPPED' = 'RUNNING';
  const stop = () => {
    state = 'STOPPED';
    end.resolve(undefined);
  };
  return {
    run: () => end.promise,
    getState: () => state,
    shutdown: stop,
    fail: (error: Error) => {
      state = 'STOPPED';
      end.reject(error);
    },
  };
}

test('a worker that fails takes the others along, and the failure ends the process', async () => {
  const [one, other] = [aWorker(), aWorker()];
  const running = runTogether([one, other]);
  one.fail(new Error('lost its server'));
  await expect(running).rejects.toThrow('lost its server');
  expect(other.getState()).toBe('STOPPED');
});

test('one that stops in good order stops the others', async () => {
  const [one, other] = [aWorker(), aWorker()];
  const running = runTogether([one, other]);
  one.shutdown();
  await running;
  expect(other.getState()).toBe('STOPPED');
});
