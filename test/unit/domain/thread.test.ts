import { describe, expect, test } from 'vitest';
import { ancestorsOf, assignThreads, type Threadable } from '../../../domain/thread.ts';
import { address } from '../../support/message.ts';

const jill = address('jill@customer.example');
const eve = address('eve@evil.example');

function aThreadable(id: string, intent: Partial<Threadable> = {}): Threadable {
  return {
    ...{ id, internetMessageId: `${id}@x`, ancestors: [], outsiders: new Set([jill]) },
    threadId: null,
    ...intent,
  };
}

function threadsOf(newcomers: readonly Threadable[], known: readonly Threadable[] = []) {
  let made = 0;
  return Object.fromEntries(assignThreads(newcomers, known, () => `new-${(made += 1)}`));
}

describe('R43 threads', () => {
  test('a reply joins the thread of what it answers, in one batch or across batches', () => {
    const first = aThreadable('a');
    const reply = aThreadable('b', { ancestors: ['a@x'] });
    const third = aThreadable('c', { ancestors: ['missing@x', 'b@x'] });
    expect(threadsOf([first, reply, third])).toEqual({ a: 'new-1', b: 'new-1', c: 'new-1' });
    expect(threadsOf([reply], [{ ...first, threadId: 't' }])).toEqual({ b: 't' });
  });

  test('what arrives before the message it answers is joined by it', () => {
    const reply = aThreadable('b', { ancestors: ['a@x'], threadId: 't' });
    expect(threadsOf([aThreadable('a')], [reply])).toEqual({ a: 't' });
  });

  test('the same subject alone joins nothing', () => {
    expect(threadsOf([aThreadable('a'), aThreadable('b')])).toEqual({ a: 'new-1', b: 'new-2' });
  });

  test('a forged reference does not pull a stranger into a thread', () => {
    const known = aThreadable('a', { threadId: 't' });
    const forged = aThreadable('f', { ancestors: ['a@x'], outsiders: new Set([eve]) });
    expect(threadsOf([forged], [known])).toEqual({ f: 'new-1' });
  });

  test('the parent comes first, then the nearest reference', () => {
    expect(ancestorsOf(['p'], ['a', 'b', 'p'])).toEqual(['p', 'b', 'a']);
  });
});
