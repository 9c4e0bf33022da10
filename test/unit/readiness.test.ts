import { expect, test } from 'vitest';
import { createReadiness } from '../../readiness.ts';

const yes = () => Promise.resolve(true);

test('ready is who has everything', async () => {
  expect(await createReadiness({ a: yes, b: yes })()).toEqual({
    status: 200,
    body: { status: 'ok', missing: [] },
  });
});

test('who is not says what is missing: what says no, fails or is silent', async () => {
  const ask = createReadiness(
    {
      there: yes,
      no: () => Promise.resolve(false),
      failing: () => Promise.reject(new Error('postgres://user:hunter2@host')),
      silent: () => new Promise(() => undefined),
    },
    5,
  );
  expect(await ask()).toEqual({
    status: 503,
    body: { status: 'unavailable', missing: ['no', 'failing', 'silent'] },
  });
});

test('many who ask at once are answered by one look', async () => {
  let looks = 0;
  const ask = createReadiness({
    counted: () => {
      looks += 1;
      return yes();
    },
  });
  await Promise.all([ask(), ask(), ask()]);
  expect(looks).toBe(1);
  await ask();
  expect(looks).toBe(2);
});
