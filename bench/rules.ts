import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { SeenMessage } from '../domain/classification.ts';
import { DEFAULT_POLICY } from '../domain/policy.ts';
import { verdictOn, type RuleFacts } from '../domain/verdict.ts';
import { createWorkspace } from '../drizzle/bootstrap.ts';
import { openDatabase, type Db } from '../drizzle/database.ts';
import { migrate } from '../drizzle/migrate.ts';
import { ruleFacts } from '../drizzle/rule-facts.ts';
import { startPostgres } from '../local/postgres.ts';
import { parseHeaderBlock } from '../mail/headers.ts';
import { makeTempFolder } from '../test/support/temp-folder.ts';
import { median } from './numbers.ts';
import type { Options } from './options.ts';
import type { Section } from './report.ts';
import {
  blacklistedDomain,
  customerDomain,
  RULES_DOMAIN,
  RULES_WORLD,
  ruleMessages,
  type RawSighting,
} from './rules-corpus.ts';

/** Issue 5, point 11. */
const TARGET_PER_SECOND = 50_000;
const MESSAGES = 20_000;
/** As many as a pass over the history takes. */
const BATCH = 500;
const ROUNDS_UNTIMED = 3;

interface Batch {
  readonly messages: readonly SeenMessage[];
  readonly facts: RuleFacts;
}

/** What the rules cost on one core, and apart from them what their lookups and the parsing of headers cost. */
export async function benchRules(
  { runs }: Options,
  print: (line: string) => void,
): Promise<Section> {
  using folder = makeTempFolder('bench-rules');
  const surroundings = { logDir: join(folder.path, 'logs'), print: () => undefined };
  await using postgres = await startPostgres({ ...surroundings, dataDir: join(folder.path, 'pg') });
  await migrate(postgres.url);
  await using database = openDatabase(postgres.url, { maxConnections: 2 });
  const workspaceId = await fillWorkspace(database.db);
  print('the workspace is filled');
  const raws = [...ruleMessages(MESSAGES)];
  const [parsing, lookups, rules]: [number[], number[], number[]] = [[], [], []];
  const verdicts = new Map<string, number>();
  for (let round = 1 - ROUNDS_UNTIMED; round <= runs; round += 1) {
    const messages: SeenMessage[] = [];
    const parsed = cpuMicroseconds(() => messages.push(...raws.map(toSeen)));
    const startedAt = performance.now();
    const batches = await withFacts(database.db, workspaceId, messages);
    const looked = (performance.now() - startedAt) * 1000;
    verdicts.clear();
    const decided = cpuMicroseconds(() => {
      for (const { messages: batch, facts } of batches) decide(batch, facts, verdicts);
    });
    if (round < 1) continue;
    for (const [list, total] of [[parsing, parsed] as const, [lookups, looked] as const]) {
      list.push(total / MESSAGES);
    }
    rules.push(decided / MESSAGES);
    print(`run ${round}: ${perSecond(decided / MESSAGES)} messages a second`);
  }
  return sectionOf({ parsing, lookups, rules }, verdicts);
}

function decide(
  messages: readonly SeenMessage[],
  facts: RuleFacts,
  verdicts: Map<string, number>,
): void {
  for (const message of messages) {
    const verdict = verdictOn(message, facts);
    const name = verdict.kind === 'skip' ? verdict.reason : 'logged';
    verdicts.set(name, (verdicts.get(name) ?? 0) + 1);
  }
}

async function withFacts(
  db: Db,
  workspaceId: string,
  messages: readonly SeenMessage[],
): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for (let start = 0; start < messages.length; start += BATCH) {
    const batch = messages.slice(start, start + BATCH);
    const addresses = batch.flatMap(({ headers }) =>
      headers.participants.map(({ address }) => address),
    );
    const facts = await ruleFacts(db, { workspaceId, policy: DEFAULT_POLICY }, [
      ...new Set(addresses),
    ]);
    batches.push({ messages: batch, facts });
  }
  return batches;
}

function toSeen({ block, structure, flags, folderUse }: RawSighting): SeenMessage {
  return {
    headers: parseHeaderBlock(block),
    ...{ structure, flags, folderUse, arrivedAt: new Date(), startsAt: null, earlier: null },
  };
}

/** CPU time of the thread, which other programs do not lengthen. */
function cpuMicroseconds(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

/** 10,000 accounts with a domain and ten contacts each; blacklisted are as many domains. */
async function fillWorkspace(db: Db): Promise<string> {
  const { workspaceId } = await createWorkspace(db, {
    ...{ token: 'bench', workspaceName: 'Northwind', adminName: 'Ana' },
    ...{ adminAddress: `ana@${RULES_DOMAIN}`, internalDomains: [RULES_DOMAIN] },
  });
  const { accounts, contactsPerAccount, blacklisted } = RULES_WORLD;
  const domainOfAccount = sql.raw(`'${customerDomain(0).replace('0', "' || a || '")}'`);
  const unwanted = sql.raw(`'${blacklistedDomain(0).replace('0', "' || n || '")}'`);
  const everyAccount = sql`generate_series(0, ${accounts - 1}::int) as a`;
  const everyContact = sql`${everyAccount}, generate_series(0, ${contactsPerAccount - 1}::int) as c`;
  const accountId = sql`md5('account ' || a)::uuid`;
  const contactId = sql`md5('contact ' || a || ' ' || c)::uuid`;
  for (const statement of [
    sql`insert into accounts (id, workspace_id, name) select ${accountId}, ${workspaceId}, 'Company ' || a from ${everyAccount}`,
    sql`insert into account_domains (workspace_id, account_id, domain) select ${workspaceId}, ${accountId}, ${domainOfAccount} from ${everyAccount}`,
    sql`insert into contacts (id, workspace_id, name, default_account_id) select ${contactId}, ${workspaceId}, 'Person ' || c, ${accountId} from ${everyContact}`,
    sql`insert into contact_addresses (workspace_id, contact_id, address, is_primary) select ${workspaceId}, ${contactId}, 'person-' || c || '@' || ${domainOfAccount}, true from ${everyContact}`,
    sql`insert into contact_accounts (workspace_id, contact_id, account_id) select ${workspaceId}, ${contactId}, ${accountId} from ${everyContact}`,
    sql`insert into blacklist_entries (id, workspace_id, kind, value) select gen_random_uuid(), ${workspaceId}, 'domain', ${unwanted} from generate_series(0, ${blacklisted - 1}::int) as n`,
    sql`analyze`,
  ]) {
    await db.execute(statement);
  }
  return workspaceId;
}

interface Costs {
  /** Microseconds a message in each run. */
  readonly parsing: readonly number[];
  readonly lookups: readonly number[];
  readonly rules: readonly number[];
}

function sectionOf(costs: Costs, verdicts: ReadonlyMap<string, number>): Section {
  const rules = median(costs.rules);
  const { accounts, contactsPerAccount, blacklisted } = RULES_WORLD;
  const contacts = thousands(accounts * contactsPerAccount);
  const ranked = [...verdicts].toSorted(([, a], [, b]) => b - a);
  return {
    title: `Rules: ${contacts} contacts and ${thousands(blacklisted)} blacklist entries, ${thousands(MESSAGES)} messages in batches of ${BATCH}; ${costs.rules.length} runs`,
    findings: [
      {
        what: 'classify and match, messages a second on one core',
        measured: perSecond(rules),
        target: `>= ${thousands(TARGET_PER_SECOND)}`,
        isMet: 1e6 / rules >= TARGET_PER_SECOND,
      },
      { what: 'classify and match, a message', measured: microseconds(rules) },
      {
        what: `lookups for a batch, wall time; a message`,
        measured: `${((median(costs.lookups) * BATCH) / 1000).toFixed(1)} ms; ${microseconds(median(costs.lookups))}`,
      },
      {
        what: 'reading the header fields, a message',
        measured: microseconds(median(costs.parsing)),
      },
    ],
    tables: [
      {
        head: ['verdict', 'messages'],
        rows: ranked.map(([name, count]) => [name, thousands(count)]),
      },
    ],
  };
}

function perSecond(microsecondsEach: number): string {
  return thousands(Math.round(1e6 / microsecondsEach));
}

function microseconds(value: number): string {
  return `${value.toFixed(1)} µs`;
}

function thousands(value: number): string {
  return value.toLocaleString('en-US');
}
