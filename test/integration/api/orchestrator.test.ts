import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openOrchestrator } from '../../../api/orchestrator.ts';
import type { Orchestrator } from '../../../api/scheduling.ts';
import { redecisionWorkflowIdOf, workflowIdOf } from '../../../workflows/messages.ts';

let connection: Connection;
let client: Client;
let orchestrator: Orchestrator;

/** A queue that no worker listens on: commands are kept, nobody answers. */
const taskQueue = `nobody-${randomUUID()}`;

beforeAll(async () => {
  const address = inject('temporalAddress');
  connection = await Connection.connect({ address });
  client = new Client({ connection });
  orchestrator = openOrchestrator({ connection: { address }, namespace: 'default', taskQueue });
});
afterAll(async () => {
  await orchestrator[Symbol.asyncDispose]();
  await connection.close();
});

function aVisited() {
  const server = { host: 'imap.example.com', port: 993, security: 'tls', username: 'ana' } as const;
  return { id: randomUUID(), workspaceId: randomUUID(), provider: 'generic', server };
}

async function historyOf(mailboxId: string) {
  const handle = client.workflow.getHandle(workflowIdOf(mailboxId));
  const [{ events }, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  const signals = (events ?? []).flatMap(
    (event) => event.workflowExecutionSignaledEventAttributes?.signalName ?? [],
  );
  return { signals, description };
}

test('a mailbox has one workflow, however often it is started, found by operators', async () => {
  const mailbox = aVisited();
  await orchestrator.start(mailbox);
  await orchestrator.start(mailbox);
  const { description } = await historyOf(mailbox.id);
  expect(description.type).toBe('mailboxSync');
  expect(description.memo).toEqual({ label: 'imap.example.com' });
  expect(JSON.stringify(description.typedSearchAttributes)).toContain(mailbox.workspaceId);
  await client.workflow.getHandle(workflowIdOf(mailbox.id)).terminate('test');
});

test('R4 a second look is begun once, however often it is started, and is not at its end before that', async () => {
  const look = { id: randomUUID(), workspaceId: randomUUID() };
  await orchestrator.startRedecision(look);
  await orchestrator.startRedecision(look);
  const handle = client.workflow.getHandle(redecisionWorkflowIdOf(look.id));
  const { type, typedSearchAttributes } = await handle.describe();
  expect([type, JSON.stringify(typedSearchAttributes)]).toEqual([
    'redecide',
    expect.stringContaining(look.workspaceId),
  ]);
  expect(await orchestrator.isRedecided(look.id)).toBe(false);
  await handle.terminate('test');
});

test('R52 R53 commands reach a mailbox whose workflow got lost, by starting it', async () => {
  const mailbox = aVisited();
  await orchestrator.pause(mailbox, randomUUID());
  await orchestrator.resume(mailbox, randomUUID());
  await orchestrator.reconnect(mailbox, randomUUID(), 2);
  await orchestrator.stopImport(mailbox, randomUUID());
  await orchestrator.nudge(mailbox);
  expect(await orchestrator.disconnect(mailbox.id, randomUUID())).toBe('told');
  const { signals } = await historyOf(mailbox.id);
  expect(signals).toEqual([
    ...['pause', 'resume', 'reconnect', 'stopImport', 'nudge', 'disconnect'],
  ]);
  await client.workflow.getHandle(workflowIdOf(mailbox.id)).terminate('test');
});

test('R54 disconnecting a mailbox without a workflow starts none', async () => {
  expect(await orchestrator.disconnect(randomUUID(), randomUUID())).toBe('already_gone');
});

test('while no worker runs a wish to visit is kept, and nobody waits longer than two seconds', async () => {
  const mailbox = aVisited();
  await orchestrator.start(mailbox);
  const startedAt = Date.now();
  expect(await orchestrator.status(mailbox.id)).toBeNull();
  expect(Date.now() - startedAt).toBeLessThan(5_000);
  expect(await orchestrator.syncNow(mailbox, randomUUID())).toEqual({ kind: 'kept' });
  expect((await historyOf(mailbox.id)).signals).toEqual(['nudge']);
  await client.workflow.getHandle(workflowIdOf(mailbox.id)).terminate('test');
});

test('a Temporal that is not there is said to be unavailable within seconds', async () => {
  const nowhere = { connection: { address: '127.0.0.1:1' }, namespace: 'default', taskQueue };
  await using broken = openOrchestrator(nowhere);
  const startedAt = Date.now();
  await expect(broken.start(aVisited())).rejects.toMatchObject({ kind: 'unreachable' });
  expect(await broken.status(randomUUID())).toBeNull();
  expect(Date.now() - startedAt).toBeLessThan(15_000);
});

test('a Temporal that takes a command and does not say so in time is said to be silent', async () => {
  const mailbox = aVisited();
  const workflowId = workflowIdOf(mailbox.id);
  await using network = await aNetworkThatLosesAnswersTo(workflowId);
  const { address } = network;
  await using silent = openOrchestrator({
    ...{ connection: { address }, namespace: 'default', taskQueue },
  });
  await expect(silent.pause(mailbox, randomUUID())).rejects.toMatchObject({
    ...{ name: 'SchedulerUnavailable', kind: 'no_answer' },
  });
  expect((await historyOf(mailbox.id)).signals).toEqual(['pause']);
  await client.workflow.getHandle(workflowId).terminate('test');
});

/** Delivers everything to Temporal; nothing comes back any more once somebody has spoken of `name`. */
async function aNetworkThatLosesAnswersTo(name: string) {
  const [host, port] = inject('temporalAddress').split(':');
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    let isLosing = false;
    near.on('data', (sent) => {
      isLosing ||= sent.includes(name);
      far.write(sent);
    });
    far.on('data', (answer) => isLosing || near.write(answer));
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
