import { describe, expect, test } from 'vitest';
import { pop3Uidls } from '../../../drizzle/pop3-messages.ts';
import { aPipeline } from '../../support/pipeline.ts';

const SERVER = { protocol: 'pop3', port: 110, username: 'x', password: 'x' } as const;
const many = (prefix: string, count = 10) =>
  Array.from({ length: count }, (_, n) => `${prefix}${n}`);

/** The store of a new mailbox. */
async function aStore(address = 'ana@acme.example') {
  const pipeline = await aPipeline();
  const { id } = await pipeline.connect({ ...SERVER, address });
  const { workspaceId, database } = pipeline;
  const uidls = pop3Uidls(database.db, { id, workspaceId });
  const number = async (...listed: readonly string[]) => {
    const { uids, uidNext, uidValidity } = await uidls.number(listed);
    return [Object.fromEntries(uids), uidNext, uidValidity];
  };
  return { pipeline, number, [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose]() };
}

describe('the numbers of POP3 messages', () => {
  test('R3 ascend in the order of the server, and stay', async () => {
    await using store = await aStore();
    expect(await store.number()).toEqual([{}, 1, '1']);
    expect(await store.number('b', 'a')).toEqual([{ b: 1, a: 2 }, 3, '1']);
    expect(await store.number('a', 'c', 'b')).toEqual([{ a: 2, c: 3, b: 1 }, 4, '1']);
  });

  test('R3 are never given twice, also when the highest is gone', async () => {
    await using store = await aStore();
    await store.number('a', 'b');
    expect(await store.number('a')).toEqual([{ a: 1 }, 3, '1']);
    expect(await store.number()).toEqual([{}, 3, '1']);
    expect(await store.number('c')).toEqual([{ c: 3 }, 4, '1']);
    expect(await store.number('c', 'd')).toEqual([{ c: 3, d: 4 }, 5, '1']);
  });

  test('R3 a name that was gone is given to another message: it has a new number', async () => {
    await using store = await aStore();
    await store.number('a', 'b');
    await store.number('b');
    expect(await store.number('b', 'a')).toEqual([{ b: 2, a: 3 }, 4, '1']);
  });

  test('R3 when none of many is there any more, another UIDVALIDITY begins, and stays', async () => {
    await using store = await aStore();
    await store.number(...many('old'));
    expect(await store.number('new')).toEqual([{ new: 12 }, 13, '11']);
    expect(await store.number('new', 'b')).toEqual([{ new: 12, b: 13 }, 14, '11']);
  });

  test('R3 one that is still there, or few that were, change nothing', async () => {
    await using store = await aStore();
    await store.number(...many('old'));
    expect((await store.number('old3', 'new'))[2]).toBe('1');
    expect((await store.number('newer'))[2]).toBe('1');
  });

  test('R3 given by two workers at once, they are the same', async () => {
    await using store = await aStore();
    const names = many('m', 200);
    const answers = await Promise.all([1, 2, 3, 4].map(() => store.number(...names)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.[1]).toBe(201);
  });

  test('are of one mailbox', async () => {
    await using store = await aStore();
    await store.number('a', 'b');
    const other = await store.pipeline.connect({ ...SERVER, address: 'ben@acme.example' });
    const { database, workspaceId } = store.pipeline;
    const answer = await pop3Uidls(database.db, { id: other.id, workspaceId }).number(['b']);
    expect(answer.uids.get('b')).toBe(1);
  });
});
