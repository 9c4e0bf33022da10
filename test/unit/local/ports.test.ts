import { expect, test } from 'vitest';
import { freePort } from '../../../local/ports.ts';

test('no port is given out twice, though nobody listens on the first one yet', async () => {
  const ports = await Promise.all(Array.from({ length: 600 }, () => freePort()));
  expect(new Set(ports).size).toBe(600);
});
