import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { anOffice } from '../support/office.ts';
import {
  HAM_FOLDERS,
  SPAM_ASSASSIN_CUSTOMERS,
  SPAM_FOLDERS,
  spamAssassinMessages,
} from '../support/spam-assassin.ts';

const MESSAGES = 1_000;

/** The first messages of every folder of the SpamAssassin corpus: ordinary mail, lists, spam, broken MIME. */
function corpus(): readonly Buffer[] {
  const folders = [...HAM_FOLDERS, ...SPAM_FOLDERS];
  const share = MESSAGES / folders.length;
  return [...spamAssassinMessages(folders, share)].map(({ raw }) => withoutEnvelope(raw));
}

/** The files begin with an mbox `From ` line, which is no header. */
function withoutEnvelope(raw: Buffer): Buffer {
  return raw.subarray(0, 5).toString('latin1') === 'From '
    ? raw.subarray(raw.indexOf(10) + 1)
    : raw;
}

test('R41, R45 1,000 messages that nobody wrote for us: each gets a decision, none is lost or doubled', async () => {
  const raws = corpus();
  expect(raws).toHaveLength(MESSAGES);
  await using office = await anOffice();
  // Domains that really write in the corpus, so that bodies of real mail are downloaded and shown.
  for (const domain of SPAM_ASSASSIN_CUSTOMERS) {
    await office.addCustomer(domain, domain, [`postmaster@${domain}`]);
  }
  for (const raw of raws) await office.dovecot.deliver('ana', 'INBOX', raw);
  const { mailboxId } = await office.connect();
  const counts = async () => (await office.mailbox(mailboxId)).counts;
  await expect
    .poll(async () => (await counts()).seen, { timeout: 180_000, interval: 250 })
    .toBe(MESSAGES);
  await office.untilState(mailboxId, 'WATCHING');

  const { logged, skipped, failed } = await counts();
  expect([logged + skipped, failed]).toEqual([MESSAGES, 0]);
  expect(logged).toBeGreaterThan(0);
  const [totals] = await office.product.database.db.execute(sql`
    select (select count(*)::int from sightings where stage = 'decided') as decided,
           (select count(distinct (folder_id, uid))::int from sightings) as places,
           (select count(*)::int from engagements) as engagements,
           (select count(distinct message_id)::int from sightings where verdict = 'logged') as logged_messages`);
  expect(totals).toMatchObject({ decided: MESSAGES, places: MESSAGES });
  expect(totals?.['engagements']).toBe(totals?.['logged_messages']);
});
