import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

const MIGRATIONS = fileURLToPath(new URL('./migrations', import.meta.url));
/** Any number will do as long as nobody else uses it: two processes that start together take turns. */
const MIGRATION_LOCK = 7_240_915;

/** Brings the database to the newest schema, makes the API's role and its grants. Safe to run at every start. */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await ensureApiRole(client);
    await runMigrations(drizzle({ client }), { migrationsFolder: MIGRATIONS });
    await grantApiRole(client);
    await ensureDiscard(client);
    await ensureUnlog(client);
  } finally {
    await client.end();
  }
}

/** Roles belong to the cluster, so another database of it may have made this one, even at this moment. */
async function ensureApiRole(client: postgres.Sql): Promise<void> {
  await client.unsafe(`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'mailroom_api') then
        create role mailroom_api nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$;
    do $$ begin
      if not pg_has_role(current_user, 'mailroom_api', 'member') then
        execute format('grant mailroom_api to %I', current_user);
      end if;
    end $$;
  `);
}

/**
 * Credentials can be written by the API and not read: GraphQL cannot leak what its role cannot select. What mail servers
 * told is out of its reach, too; it may only add messages, of which users tell (R44).
 */
async function grantApiRole(client: postgres.Sql): Promise<void> {
  await client.unsafe(`
    grant usage on schema public to mailroom_api;
    grant select, insert, update, delete on all tables in schema public to mailroom_api;
    revoke select, update on mailbox_credentials from mailroom_api;
    grant select (workspace_id, mailbox_id, version) on mailbox_credentials to mailroom_api;
    revoke all on access_tokens, batches, host_paces from mailroom_api;
    revoke insert, update, delete on sightings, messages, participants, threads, mailbox_checkpoints, folders,
      mailbox_usage, mailbox_leases, mailbox_events, pop3_messages, bounces from mailroom_api;
    grant update (retry_at) on sightings to mailroom_api;
    grant insert on messages, participants, threads to mailroom_api;
    grant update (thread_id) on messages to mailroom_api;
  `);
}

/**
 * The one verdict that people change: the API's role may not write verdicts, so a function does, for failed messages of
 * the workspace that the transaction named. `search_path` is fixed, or the caller's own tables would be written.
 */
async function ensureDiscard(client: postgres.Sql): Promise<void> {
  await client.unsafe(`
    create or replace function mailroom_discard_failed(sighting_id uuid, discarded_by uuid) returns uuid
    language sql security definer set search_path = public, pg_temp as $$
      update sightings set verdict = 'skipped', reason = 'discarded', retry_at = null, decided_at = now(),
        evidence = evidence || jsonb_build_object('discardedBy',
          (select name from users where users.id = discarded_by and users.workspace_id = sightings.workspace_id))
      where id = sighting_id and verdict = 'failed'
        and workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid
      returning id
    $$;
    revoke all on function mailroom_discard_failed from public;
    grant execute on function mailroom_discard_failed to mailroom_api;
  `);
}

/**
 * When people take back a contact that the system made (R33), what was logged for it alone becomes unknown again: never what
 * a user deleted (R23) or put there by hand.
 */
async function ensureUnlog(client: postgres.Sql): Promise<void> {
  await client.unsafe(`
    create or replace function mailroom_unlog(engagement_ids uuid[], undone_by uuid)
    returns table (id uuid, reason text)
    language sql security definer set search_path = public, pg_temp as $$
      update sightings s set verdict = 'skipped', engagement_id = null, retry_at = null, decided_at = now(),
        reason = case e.direction when 'incoming' then 'unknown_sender' else 'unknown_recipients' end,
        evidence = jsonb_build_object(
          case e.direction when 'incoming' then 'sender' else 'recipients' end,
          coalesce((
            select string_agg(p.address, ', ' order by p.position) from participants p
            where p.message_id = e.message_id
              and case e.direction when 'incoming' then p.role = 'from' else p.is_internal is not true end), ''),
          'contactUndoneBy',
          coalesce((select u.name from users u where u.id = undone_by and u.workspace_id = e.workspace_id), ''))
      from engagements e
      where e.id = any (engagement_ids) and s.engagement_id = e.id and e.workspace_id = s.workspace_id
        and e.deleted_at is null and e.author_id is null
        and e.workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid
      returning s.id, s.reason
    $$;
    revoke all on function mailroom_unlog from public;
    grant execute on function mailroom_unlog to mailroom_api;
  `);
}
