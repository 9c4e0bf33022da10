import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { aMessage } from '../../local/demo/build.ts';
import { freePort } from '../../local/ports.ts';
import { redecisionWorkflowIdOf, workflowIdOf } from '../../workflows/messages.ts';
import { anOffice, type Office } from '../support/office.ts';

/** One story, told in order: a mailbox is connected and lives through what happens to mailboxes. */
describe('a mailbox from connection to disconnection', () => {
  let office: Office;
  let mailboxId: string;
  let redecisionId: string;
  let metricsUrl: string;
  beforeAll(async () => {
    const port = await freePort();
    metricsUrl = `http://127.0.0.1:${port}`;
    office = await anOffice({ METRICS_PORT: String(port) });
    await office.addCustomer('Jill', 'customer.example', ['jill@customer.example']);
  });
  afterAll(() => office[Symbol.asyncDispose]());

  const deliver = (subject: string) =>
    office.dovecot.deliver(
      'ana',
      'INBOX',
      aMessage({
        ...{ from: 'Jill <jill@customer.example>', to: 'ana@acme.example', subject },
        text: 'Confidential body text.',
      }),
    );
  const arrives = (...subjects: string[]) =>
    expect.poll(() => office.subjects(), { timeout: 30_000, interval: 100 }).toEqual(subjects);
  /** Refused logins that the mail server has counted, by its own log. */
  const refusedLogins = () => {
    const log = readFileSync(join(office.dovecot.dir, '..', 'logs', 'dovecot.log'), 'utf8');
    return log.split('auth failed, 1 attempts').length - 1;
  };

  test('R50 bad credentials are refused with the field to correct, and nothing is kept', async () => {
    const { mailboxId: none, errors } = await office.connect({ password: 'wrong' });
    expect([none, errors[0]?.code]).toEqual(['', 'AUTHENTICATION_FAILED']);
    expect(errors[0]?.field).toContain('imap');
  });

  test('R41 what is in the mailbox is filed', async () => {
    await deliver('Quokka');
    ({ mailboxId } = await office.connect());
    await arrives('Quokka');
    await office.untilState(mailboxId, 'WATCHING');
    const { counts } = await office.mailbox(mailboxId);
    expect(counts).toEqual({ seen: 1, logged: 1, skipped: 0, failed: 0 });
  });

  test('what arrives is there after syncMailboxNow', async () => {
    await deliver('Narwhal');
    await office.command('syncMailboxNow', mailboxId);
    await arrives('Narwhal', 'Quokka');
  });

  test('R52 paused, nothing arrives; resumed, it arrives once', async () => {
    const { mailbox, confirmed } = await office.command('pauseMailbox', mailboxId);
    expect([mailbox.state, confirmed]).toEqual(['PAUSED', true]);
    await deliver('Ocelot');
    const refused = await office.command('syncMailboxNow', mailboxId);
    expect(refused).toMatchObject({ userErrors: [{ code: 'MAILBOX_NOT_ACTIVE' }] });
    expect(await office.subjects()).toEqual(['Narwhal', 'Quokka']);
    await office.command('resumeMailbox', mailboxId);
    await arrives('Narwhal', 'Ocelot', 'Quokka');
    const { counts } = await office.mailbox(mailboxId);
    expect(counts).toEqual({ seen: 3, logged: 3, skipped: 0, failed: 0 });
  });

  test('R55, R53 a changed password asks for reconnection; with the new one nothing is missed', async () => {
    const before = refusedLogins();
    await office.dovecot.setPassword('ana', 'changed');
    await deliver('Axolotl');
    await expect
      .poll(
        async () => {
          await office.command('syncMailboxNow', mailboxId);
          return (await office.mailbox(mailboxId)).state;
        },
        { timeout: 30_000, interval: 200 },
      )
      .toBe('NEEDS_RECONNECTION');
    expect(refusedLogins() - before).toBe(1);
    expect((await office.mailbox(mailboxId)).lastError).toMatchObject({
      code: 'AUTHENTICATION_FAILED',
      advice: expect.stringMatching(/\w+/) as string,
    });
    expect((await office.reconnect(mailboxId, 'still wrong'))[0]?.code).toBe(
      'AUTHENTICATION_FAILED',
    );
    expect(await office.reconnect(mailboxId, 'changed')).toEqual([]);
    await arrives('Axolotl', 'Narwhal', 'Ocelot', 'Quokka');
    await office.untilState(mailboxId, 'WATCHING');
  });

  test('R4, R45 a contact that comes too late changes nothing by itself; asked to look again, the message is logged', async () => {
    const stranger = { from: 'joe@two.example', to: 'ana@acme.example', subject: 'Pangolin' };
    await office.dovecot.deliver('ana', 'INBOX', aMessage(stranger));
    await office.command('syncMailboxNow', mailboxId);
    const unknown = async () =>
      (
        await office.product.graphql<{ decisions: { nodes: { id: string }[] } }>(
          '{ decisions(filter: { reason: UNKNOWN_SENDER }) { nodes { id } } }',
        )
      ).decisions.nodes;
    await expect.poll(unknown, { timeout: 30_000, interval: 100 }).toHaveLength(1);
    const { createContact } = await office.product.graphql<{ createContact: object }>(
      `mutation { createContact(input: { name: "Joe", addresses: ["joe@two.example"] }) {
        redecision { id } userErrors { code } } }`,
    );
    expect(createContact).toEqual({ redecision: null, userErrors: [] });
    expect(await unknown()).toHaveLength(1);
    const { redecideMessage } = await office.product.graphql<{
      redecideMessage: { redecision: { id: string }; userErrors: object[] };
    }>(
      `mutation ($input: RedecideMessageInput!) { redecideMessage(input: $input) {
        redecision { id } userErrors { code } } }`,
      { input: { decisionId: (await unknown())[0]?.id } },
    );
    expect(redecideMessage.userErrors).toEqual([]);
    redecisionId = uuidIn(redecideMessage.redecision.id);
    await arrives('Axolotl', 'Narwhal', 'Ocelot', 'Pangolin', 'Quokka');
  });

  test('R54 disconnected, its workflow ends and the credentials are gone; engagements stay', async () => {
    await office.command('disconnectMailbox', mailboxId);
    await office.untilState(mailboxId, 'DISCONNECTED');
    await expect
      .poll(() => office.product.database.db.execute('select from mailbox_credentials'))
      .toHaveLength(0);
    expect(await office.subjects()).toHaveLength(5);
  });

  test('R56 a scrape of the worker tells visits, decisions and what Temporal does, and nothing of anybody', async () => {
    const answer = await fetch(`${metricsUrl}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok', missing: [] }]);
    expect((await fetch(`${metricsUrl}/healthz`)).status).toBe(200);
    const text = await (await fetch(`${metricsUrl}/metrics`)).text();
    const ours = text.split('\n').filter((line) => /^mailroom_(?!\w+_bucket)/.test(line));
    for (const line of [
      'mailroom_decisions_total{verdict="logged",reason=""} 4',
      'mailroom_decisions_total{verdict="skipped",reason="unknown_sender"} 1',
      'mailroom_engagements_total 4',
      'mailroom_second_looks_total{result="logged"} 1',
      'mailroom_backoffs_total{code="authentication_failed"} 1',
      'mailroom_visits_total{result="failed"} 1',
    ]) {
      expect(ours).toContain(line);
    }
    const valueOf = (series: string) =>
      Number(ours.find((line) => line.startsWith(`${series} `))?.split(' ')[1]);
    expect(valueOf('mailroom_visits_total{result="succeeded"}')).toBeGreaterThan(3);
    expect(valueOf('mailroom_visit_lateness_seconds_count')).toBeGreaterThan(2);
    expect(valueOf('mailroom_mail_logins_total')).toBeGreaterThan(3);
    expect(valueOf('mailroom_mail_received_bytes_total')).toBeGreaterThan(1_000);
    expect(text).toMatch(/^temporal_worker_task_slots_available\{.*task_queue="[^"]+@own"/m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(text).not.toMatch(/customer\.example|acme\.example|jill|Quokka/i);
    expect(text).not.toContain(uuidIn(mailboxId));
    expect(text).not.toMatch(/@[0-9a-f]{8}-/);
  });

  test('trap 12: no address, subject, body or credential is in the workflow history or in the logs', async () => {
    await using connection = {
      open: await Connection.connect({ address: inject('temporalAddress') }),
      async [Symbol.asyncDispose]() {
        await this.open.close();
      },
    };
    const client = new Client({ connection: connection.open });
    const uuid = uuidIn(mailboxId);
    const workflowIds = [workflowIdOf(uuid), redecisionWorkflowIdOf(redecisionId)];
    const histories = await Promise.all(
      workflowIds.map((id) => client.workflow.getHandle(id).fetchHistory()),
    );
    const payloads = histories
      .map((history) => JSON.stringify(history) + historyToJSON(history))
      .join('\n');
    const decoded = payloads.replace(/"data":\s*"([^"]+)"/g, (_, data: string) =>
      Buffer.from(data, 'base64').toString(),
    );
    const logs = readdirSync(office.product.logDir).map((file) =>
      readFileSync(join(office.product.logDir, file), 'utf8'),
    );
    const secret =
      /customer\.example|acme\.example|jill|Quokka|Narwhal|Ocelot|Axolotl|Pangolin|joe|two\.example|Confidential|changed|still wrong/i;
    expect(decoded.includes(uuid) && decoded.includes(redecisionId)).toBe(true);
    expect(secret.exec(decoded)?.[0]).toBeUndefined();
    expect(logs.join('').includes('worker ready')).toBe(true);
    expect(secret.exec(logs.join('\n'))?.[0]).toBeUndefined();
  });
});

/** The id behind a global one. */
function uuidIn(globalId: string): string {
  return Buffer.from(globalId, 'base64url').toString().split(':').at(-1) ?? '';
}
