import { expect, test } from 'vitest';
import { alone } from '../../../drizzle/lost.ts';
import { someMailboxes } from '../../support/some-mailboxes.ts';

test('what one process does alone, no other does meanwhile; afterwards it may', async () => {
  await using store = await someMailboxes();
  const done: string[] = [];
  await alone(store.db, 'x', async () => {
    done.push('first');
    await alone(store.db, 'x', () => Promise.resolve(void done.push('second')));
    await alone(store.db, 'y', () => Promise.resolve(void done.push('another thing')));
  });
  await alone(store.db, 'x', () => Promise.resolve(void done.push('third')));
  expect(done).toEqual(['first', 'another thing', 'third']);
});
