import { describe, expect, test } from 'vitest';
import {
  ancestorsOf,
  assignThreads,
  storedReferences,
  type Threadable,
} from '../../../domain/thread.ts';
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
  return Object.fromEntries(threadingOf(newcomers, known).assigned);
}

function threadingOf(newcomers: readonly Threadable[], known: readonly Threadable[] = []) {
  let made = 0;
  return assignThreads(newcomers, known, () => `new-${(made += 1)}`);
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

  test('a stranger who names messages of two threads joins neither, and joins them not to each other', () => {
    const one = aThreadable('a', { threadId: 's' });
    const two = aThreadable('b', { threadId: 't' });
    const forged = aThreadable('f', { ancestors: ['a@x', 'b@x'], outsiders: new Set([eve]) });
    const { assigned, merged } = threadingOf([forged], [one, two]);
    expect([assigned.get('f'), merged.size]).toEqual(['new-1', 0]);
  });

  test('answers to a message that nobody has seen are one thread, and so is that message when it comes', () => {
    const one = aThreadable('a', { ancestors: ['missing@x'] });
    const two = aThreadable('b', { ancestors: ['missing@x'] });
    expect(threadsOf([one, two])).toEqual({ a: 'new-1', b: 'new-1' });
    expect(threadsOf([two], [{ ...one, threadId: 't' }])).toEqual({ b: 't' });
    const late = aThreadable('m', { internetMessageId: 'missing@x' });
    expect(threadsOf([late], [{ ...one, threadId: 't' }])).toEqual({ m: 't' });
  });

  test('a message that belongs to two threads makes them one, the same whoever sees it', () => {
    const one = aThreadable('a', { threadId: 't' });
    const two = aThreadable('b', { threadId: 's', ancestors: ['c@x'] });
    const link = aThreadable('c', { ancestors: ['a@x'] });
    for (const known of [
      [one, two],
      [two, one],
    ]) {
      const { assigned, merged } = threadingOf([link], known);
      expect([assigned.get('c'), [...merged]]).toEqual(['s', [['t', 's']]]);
    }
  });

  test('threads that are joined one after the other end in the same one', () => {
    const known = ['r', 's', 't'].map((threadId) => aThreadable(threadId, { threadId }));
    const links = [
      aThreadable('1', { ancestors: ['t@x', 's@x'] }),
      aThreadable('2', { ancestors: ['t@x', 'r@x'] }),
    ];
    const { assigned, merged } = threadingOf(links, known);
    expect(Object.fromEntries(assigned)).toEqual({ 1: 'r', 2: 'r' });
    expect(Object.fromEntries(merged)).toEqual({ t: 'r', s: 'r' });
  });

  test('a thread that is being made never outlives one that is stored', () => {
    const early = aThreadable('a', { ancestors: ['l@x'] });
    const link = aThreadable('l', { ancestors: ['k@x'] });
    const known = aThreadable('k', { threadId: 'zz' });
    const { assigned, merged } = threadingOf([early, link], [known]);
    expect([Object.fromEntries(assigned), merged.size]).toEqual([{ a: 'zz', l: 'zz' }, 0]);
  });

  test('two thousand answers to one message take no time', () => {
    const answers = Array.from({ length: 2000 }, (_, n) =>
      aThreadable(`${n}`, { ancestors: ['root@x', ...(n > 0 ? [`${n - 1}@x`] : [])] }),
    );
    const startedAt = performance.now();
    expect(new Set(Object.values(threadsOf(answers)))).toEqual(new Set(['new-1']));
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test('the parent comes first, then the nearest reference', () => {
    expect(ancestorsOf(['p'], ['a', 'b', 'p'])).toEqual(['p', 'b', 'a']);
  });

  test('a parent that is named in In-Reply-To alone is found like a reference', () => {
    expect(storedReferences(['p'], ['a'])).toEqual(['a', 'p']);
    expect(storedReferences(['p', 'p'], [])).toEqual(['p']);
    expect(storedReferences(['b'], ['a', 'b'])).toEqual(['a', 'b']);
  });

  test('of a long chain the beginning and what is nearest are looked at', () => {
    const chain = Array.from({ length: 150 }, (_, n) => `${n}@x`);
    const ancestors = ancestorsOf([], chain);
    expect([ancestors.length, ancestors[0], ancestors.at(-1)]).toEqual([100, '149@x', '0@x']);
  });
});
