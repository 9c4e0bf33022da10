import { Client, Connection } from '@temporalio/client';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { aMessage } from '../../local/demo/build.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { anOffice, type Office } from '../support/office.ts';

/** One story, told in order: a mailbox with push, whose next visit by the clock is a quarter of an hour away. */
describe('a mailbox that is watched', () => {
  let office: Office;
  let mailboxId: string;
  beforeAll(async () => {
    office = await anOffice({ LOST_AFTER_SECONDS: '1' });
    await office.addCustomer('Jill', 'customer.example', ['jill@customer.example']);
  });
  afterAll(() => office[Symbol.asyncDispose]());

  const deliver = (subject: string) =>
    office.dovecot.deliver(
      'ana',
      'INBOX',
      aMessage({ from: 'jill@customer.example', to: 'ana@acme.example', subject, text: 'Hello' }),
    );
  const arrives = (...subjects: string[]) =>
    expect.poll(() => office.subjects(), { timeout: 30_000, interval: 50 }).toEqual(subjects);
  const row = async (query: ReturnType<typeof sql>) =>
    (await office.product.database.db.execute(query))[0];
  const logins = () => row(sql`select sum(logins)::int as logins from mailbox_usage`);
  const isWatched = () =>
    expect
      .poll(() => row(sql`select purpose from mailbox_leases`), { timeout: 60_000, interval: 50 })
      .toEqual({ purpose: 'watch' });

  test('R1 what is delivered is filed without a visit by the clock and without a login', async () => {
    ({ mailboxId } = await office.connect({ push: true }));
    await isWatched();
    const before = await logins();
    expect(before?.['logins']).toBeGreaterThan(0);
    await deliver('Quokka');
    await arrives('Quokka');
    await isWatched();
    await deliver('Narwhal');
    await arrives('Narwhal', 'Quokka');
    expect(await logins()).toEqual(before);
  });

  test('R52 a pause lets go of the connection; after the resumption it is watched again', async () => {
    await isWatched();
    await office.command('pauseMailbox', mailboxId);
    await expect.poll(() => row(sql`select * from mailbox_leases`)).toBeUndefined();
    await deliver('Ocelot');
    await office.command('resumeMailbox', mailboxId);
    await arrives('Narwhal', 'Ocelot', 'Quokka');
    await isWatched();
  });

  test('R1 after a restart of the worker it is watched again, and nothing is missed', async () => {
    const { worker } = office.product;
    process.kill(worker.pid ?? 0, 'SIGTERM');
    await expect.poll(() => row(sql`select * from mailbox_leases`)).toBeUndefined();
    await office.product.startWorker();
    await isWatched();
    await deliver('Axolotl');
    await arrives('Axolotl', 'Narwhal', 'Ocelot', 'Quokka');
  });

  test('a workflow that an operator ended by mistake is started again, and people can see it', async () => {
    const connection = await Connection.connect({ address: inject('temporalAddress') });
    const uuid = Buffer.from(mailboxId, 'base64url').toString().split(':').at(-1) ?? '';
    const handle = new Client({ connection }).workflow.getHandle(workflowIdOf(uuid));
    await handle.terminate('by mistake');
    await deliver('Pangolin');
    await row(sql`update mailboxes set next_visit_at = now() - interval '1 hour'`);
    await arrives('Axolotl', 'Narwhal', 'Ocelot', 'Pangolin', 'Quokka');
    expect(await row(sql`select kind from mailbox_events where kind = 'workflow_lost'`)).toEqual({
      kind: 'workflow_lost',
    });
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await connection.close();
  });
});
