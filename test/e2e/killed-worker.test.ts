import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { aMessage } from '../../local/demo/build.ts';
import { anOffice } from '../support/office.ts';

const MESSAGES = 2_000;

test('trap 11: R41 the worker is killed in the middle of an import of 2,000 messages: each is decided once', async () => {
  await using office = await anOffice();
  await office.addCustomer('Jill', 'customer.example', ['jill@customer.example']);
  for (let n = 0; n < MESSAGES; n += 1) {
    const isKnown = n % 2 === 0;
    const from = isKnown ? 'jill@customer.example' : `stranger-${n}@else.example`;
    const raw = aMessage({ from, to: 'ana@acme.example', subject: `message ${n}`, text: `${n}` });
    await office.dovecot.deliver('ana', 'INBOX', raw);
  }
  const { mailboxId } = await office.connect();
  const seen = async () => (await office.mailbox(mailboxId)).counts.seen;
  await expect.poll(seen, { timeout: 60_000, interval: 20 }).toBeGreaterThan(200);
  process.kill(office.product.worker.pid ?? 0, 'SIGKILL');
  expect(await seen()).toBeLessThan(MESSAGES);
  await office.product.startWorker();
  await expect.poll(seen, { timeout: 120_000, interval: 200 }).toBe(MESSAGES);
  await office.untilState(mailboxId, 'WATCHING');

  const { counts } = await office.mailbox(mailboxId);
  expect(counts).toEqual({ seen: MESSAGES, logged: 1_000, skipped: 1_000, failed: 0 });
  const [totals] = await office.product.database.db.execute(sql`
    select (select count(*)::int from sightings) as sightings,
           (select count(distinct uid)::int from sightings) as uids,
           (select count(*)::int from sightings where stage <> 'decided') as pending,
           (select count(*)::int from engagements) as engagements,
           (select count(distinct subject)::int from engagements) as subjects,
           (select count(*)::int from batches) as batches`);
  expect(totals).toEqual({
    ...{ sightings: MESSAGES, uids: MESSAGES, pending: 0, batches: 0 },
    ...{ engagements: 1_000, subjects: 1_000 },
  });
});
