import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { ImapFlow } from 'imapflow';
import { aMessage } from '../local/demo/build.ts';
import { companyDomain, OWN_ADDRESS } from './corpus.ts';
import { quantile, seconds } from './numbers.ts';
import { openOffice } from './office.ts';
import type { Options } from './options.ts';
import { SeededRandom } from './random.ts';
import type { Section } from './report.ts';
import { MAIL_USER, startBench, type Bench } from './servers.ts';

const TARGET_S = 1;
const LOOK_EVERY_MS = 15;
const GIVE_UP_AFTER_MS = 60_000;
/** News of one mailbox within two seconds wake it once: deliveries come further apart, and never in step with anything. */
const SPACING_MS = { low: 2_500, high: 4_500 };
/** The mailbox is connected, has been visited, and is watched. */
const SETTLED_MS = 8_000;

/**
 * From the delivery into the Maildir to the engagement in the database. A client of our own that also idles on the
 * mailbox shows how much of that is the mail server: Dovecot gathers changes for half a second before it tells anybody.
 */
export async function benchPush(options: Options, print: (line: string) => void): Promise<Section> {
  await using bench = await startBench(options);
  const office = await openOffice(bench.product, 0.01);
  const { dovecot, product } = bench;
  const settings = { history: { mode: 'FROM_CONNECTION' }, push: true };
  const mailbox = await office.connect({ port: dovecot.imapPort, settings });
  const observer = await observe(bench);
  const random = new SeededRandom(1);
  const [total, told]: [number[], number[]] = [[], []];
  await sleep(SETTLED_MS);
  for (let delivery = 1; delivery <= options.deliveries; delivery += 1) {
    const deliveredAt = performance.now();
    const news = observer.next();
    await dovecot.deliver(MAIL_USER.user, 'INBOX', mailFromCustomer(delivery));
    const seenAt = await until(async () => {
      const [row] = await product.database.db.execute<{ count: number }>(sql`
        select count(*)::int as count from engagements where workspace_id = ${office.workspaceId}`);
      return (row?.count ?? 0) >= delivery;
    });
    total.push((seenAt - deliveredAt) / 1000);
    told.push(((await news) - deliveredAt) / 1000);
    print(`delivery ${delivery}: ${seconds(total.at(-1) ?? 0)}`);
    await sleep(random.between(SPACING_MS.low, SPACING_MS.high));
  }
  await office.disconnect(mailbox);
  await observer.close();
  const own = total.map((value, index) => value - (told[index] ?? 0));
  const p95 = quantile(total, 0.95);
  return {
    title: `Push: from delivery to engagement, ${options.deliveries} deliveries`,
    findings: [
      {
        ...{ what: 'p95', measured: seconds(p95), target: `< ${seconds(TARGET_S)}` },
        isMet: p95 < TARGET_S,
      },
    ],
    tables: [
      {
        head: ['', 'p50', 'p95', 'longest'],
        rows: [
          ['delivery to engagement', ...quantiles(total)],
          ['delivery to notice by an idle client of any kind', ...quantiles(told)],
          ['the rest: Mailroom', ...quantiles(own)],
        ],
      },
    ],
  };
}

function quantiles(values: readonly number[]): readonly string[] {
  return [quantile(values, 0.5), quantile(values, 0.95), Math.max(...values)].map(seconds);
}

function mailFromCustomer(index: number): Buffer {
  return aMessage({
    ...{ from: `person-1@${companyDomain(0)}`, to: OWN_ADDRESS, subject: `Question ${index}` },
    text: 'Hello Ana,\n\nwhen does the next pallet leave?\n\nBest regards\n',
  });
}

/** When a program that does nothing but idle on the INBOX is told of the next message. */
async function observe({ dovecot }: Bench) {
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port: dovecot.imapPort, secure: false, doSTARTTLS: false },
    ...{ auth: { user: MAIL_USER.user, pass: MAIL_USER.password }, logger: false },
  });
  client.on('error', () => undefined);
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  void client.idle();
  return {
    next: () =>
      new Promise<number>((resolve) => client.once('exists', () => resolve(performance.now()))),
    close: () => client.logout(),
  };
}

async function until(question: () => Promise<boolean>): Promise<number> {
  const deadline = performance.now() + GIVE_UP_AFTER_MS;
  while (!(await question())) {
    if (performance.now() > deadline) throw new Error('No engagement came of the message.');
    await sleep(LOOK_EVERY_MS);
  }
  return performance.now();
}
