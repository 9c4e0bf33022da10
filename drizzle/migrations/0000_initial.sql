CREATE TABLE "account_domains" (
	"workspace_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"domain" text NOT NULL,
	CONSTRAINT "account_domains_pk" PRIMARY KEY("workspace_id","domain"),
	CONSTRAINT "account_domains_normalised" CHECK ("account_domains"."domain" = lower("account_domains"."domain"))
);
--> statement-breakpoint
ALTER TABLE "account_domains" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"parent_id" uuid,
	"default_for_archive" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_not_own_parent" CHECK ("accounts"."parent_id" is distinct from "accounts"."id"),
	CONSTRAINT "accounts_name" CHECK ("accounts"."name" <> '')
);
--> statement-breakpoint
ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "blacklist_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"note" text,
	"author_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blacklist_entries_value" UNIQUE("workspace_id","value"),
	CONSTRAINT "blacklist_entries_kind" CHECK (("blacklist_entries"."kind" = 'address') = (position('@' in "blacklist_entries"."value") > 0)),
	CONSTRAINT "blacklist_entries_normalised" CHECK ("blacklist_entries"."value" = lower("blacklist_entries"."value"))
);
--> statement-breakpoint
ALTER TABLE "blacklist_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contact_accounts" (
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"linked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_accounts_pk" PRIMARY KEY("contact_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "contact_accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contact_addresses" (
	"workspace_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"address" text NOT NULL,
	"is_primary" boolean NOT NULL,
	CONSTRAINT "contact_addresses_pk" PRIMARY KEY("contact_id","address"),
	CONSTRAINT "contact_addresses_normalised" CHECK ("contact_addresses"."address" = lower("contact_addresses"."address"))
);
--> statement-breakpoint
ALTER TABLE "contact_addresses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"default_account_id" uuid,
	"source" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contacts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "attachments" (
	"workspace_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"part" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	CONSTRAINT "attachments_pk" PRIMARY KEY("engagement_id","part")
);
--> statement-breakpoint
ALTER TABLE "attachments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engagement_accounts" (
	"workspace_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "engagement_accounts_pk" PRIMARY KEY("engagement_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "engagement_accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engagement_contacts" (
	"workspace_id" uuid NOT NULL,
	"engagement_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	CONSTRAINT "engagement_contacts_pk" PRIMARY KEY("engagement_id","contact_id")
);
--> statement-breakpoint
ALTER TABLE "engagement_contacts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "engagements" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"thread_id" uuid,
	"direction" text NOT NULL,
	"subject" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"text" text NOT NULL,
	"reply_text" text NOT NULL,
	"html" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	"deleted_by" uuid,
	CONSTRAINT "engagements_message" UNIQUE("workspace_id","message_id"),
	CONSTRAINT "engagements_direction" CHECK ("engagements"."direction" in ('incoming', 'outgoing')),
	CONSTRAINT "engagements_deleted_is_empty" CHECK ("engagements"."deleted_at" is null or ("engagements"."text" = '' and "engagements"."html" is null))
);
--> statement-breakpoint
ALTER TABLE "engagements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sightings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"mailbox_id" uuid NOT NULL,
	"folder_id" uuid NOT NULL,
	"uid_validity" text NOT NULL,
	"uid" bigint NOT NULL,
	"flags" text[] NOT NULL,
	"size" bigint NOT NULL,
	"arrived_at" timestamp with time zone NOT NULL,
	"stage" text DEFAULT 'fetched' NOT NULL,
	"batch_id" text,
	"header_block" "bytea",
	"body_structure" jsonb,
	"message_id" uuid,
	"outcome" jsonb,
	"verdict" text,
	"reason" text,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"decided_at" timestamp with time zone,
	"engagement_id" uuid,
	CONSTRAINT "sightings_uid" UNIQUE("folder_id","uid_validity","uid"),
	CONSTRAINT "sightings_stage" CHECK ("sightings"."stage" in ('fetched', 'parsed', 'classified', 'matched', 'decided')),
	CONSTRAINT "sightings_verdict" CHECK ("sightings"."verdict" in ('logged', 'skipped', 'failed')),
	CONSTRAINT "sightings_reason" CHECK ("sightings"."reason" in ('before_start', 'draft', 'spam', 'duplicate', 'own_loop', 'engagement_deleted', 'unparsable', 'only_own_addresses', 'internal', 'personal', 'blacklisted', 'bulk', 'auto_reply', 'bounce', 'unknown_sender', 'unknown_recipients', 'ambiguous_account', 'no_account', 'sender_not_a_user', 'sender_not_verified', 'empty', 'too_large', 'removed_on_server')),
	CONSTRAINT "sightings_decided_whole" CHECK (("sightings"."stage" = 'decided') = ("sightings"."verdict" is not null and "sightings"."decided_at" is not null)),
	CONSTRAINT "sightings_skipped_has_reason" CHECK (("sightings"."verdict" is not distinct from 'skipped') = ("sightings"."reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "sightings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "batches" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"mailbox_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"next" jsonb NOT NULL,
	"size" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "batches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "folders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"mailbox_id" uuid NOT NULL,
	"path" text NOT NULL,
	"use" text NOT NULL,
	"uid_validity" text,
	"imported_below" bigint,
	"starts_at" timestamp with time zone,
	CONSTRAINT "folders_path" UNIQUE("mailbox_id","path")
);
--> statement-breakpoint
ALTER TABLE "folders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mailbox_checkpoints" (
	"mailbox_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"seq" integer DEFAULT 0 NOT NULL,
	"checkpoint" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"imported" boolean DEFAULT false NOT NULL,
	"fetch_token" text
);
--> statement-breakpoint
ALTER TABLE "mailbox_checkpoints" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mailbox_credentials" (
	"workspace_id" uuid NOT NULL,
	"mailbox_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"envelope" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mailbox_credentials_pk" PRIMARY KEY("mailbox_id","version")
);
--> statement-breakpoint
ALTER TABLE "mailbox_credentials" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mailboxes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid,
	"address" text NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"security" text NOT NULL,
	"username" text NOT NULL,
	"provider" text DEFAULT 'generic' NOT NULL,
	"policy" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"desired_state" text DEFAULT 'active' NOT NULL,
	"credential_version" integer DEFAULT 1 NOT NULL,
	"connected_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disconnected_at" timestamp with time zone,
	"state" text DEFAULT 'connecting' NOT NULL,
	"stage" text,
	"last_success_at" timestamp with time zone,
	"next_visit_at" timestamp with time zone,
	"last_error" jsonb,
	CONSTRAINT "mailboxes_address_normalised" CHECK ("mailboxes"."address" = lower("mailboxes"."address")),
	CONSTRAINT "mailboxes_port" CHECK ("mailboxes"."port" between 1 and 65535),
	CONSTRAINT "mailboxes_desired_state" CHECK ("mailboxes"."desired_state" in ('active', 'paused', 'disconnected')),
	CONSTRAINT "mailboxes_security" CHECK ("mailboxes"."security" in ('tls', 'starttls', 'none'))
);
--> statement-breakpoint
ALTER TABLE "mailboxes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"message_key" text NOT NULL,
	"internet_message_id" text,
	"subject" text NOT NULL,
	"from_raw" text NOT NULL,
	"sent_at" timestamp with time zone,
	"in_reply_to" text[] NOT NULL,
	"references" text[] NOT NULL,
	"header_block" "bytea" NOT NULL,
	"body_structure" jsonb NOT NULL,
	"size" bigint NOT NULL,
	"thread_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_key" UNIQUE("workspace_id","message_key")
);
--> statement-breakpoint
ALTER TABLE "messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "participants" (
	"workspace_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"role" text NOT NULL,
	"address" text NOT NULL,
	"name" text NOT NULL,
	"is_internal" boolean,
	CONSTRAINT "participants_pk" PRIMARY KEY("message_id","position"),
	CONSTRAINT "participants_role" CHECK ("participants"."role" in ('from', 'to', 'cc', 'bcc')),
	CONSTRAINT "participants_address_normalised" CHECK ("participants"."address" = lower("participants"."address"))
);
--> statement-breakpoint
ALTER TABLE "participants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "threads" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "threads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "access_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "access_tokens_hash" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "access_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "internal_domains" (
	"workspace_id" uuid NOT NULL,
	"domain" text NOT NULL,
	CONSTRAINT "internal_domains_pk" PRIMARY KEY("workspace_id","domain"),
	CONSTRAINT "internal_domains_normalised" CHECK ("internal_domains"."domain" = lower("internal_domains"."domain"))
);
--> statement-breakpoint
ALTER TABLE "internal_domains" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "user_addresses" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"address" text NOT NULL,
	"is_primary" boolean DEFAULT false NOT NULL,
	CONSTRAINT "user_addresses_pk" PRIMARY KEY("workspace_id","address"),
	CONSTRAINT "user_addresses_normalised" CHECK ("user_addresses"."address" = lower("user_addresses"."address"))
);
--> statement-breakpoint
ALTER TABLE "user_addresses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text DEFAULT 'member' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_role" CHECK ("users"."role" in ('admin', 'member', 'operator', 'service'))
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"policy" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "workspaces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account_domains" ADD CONSTRAINT "account_domains_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_domains" ADD CONSTRAINT "account_domains_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_parent" FOREIGN KEY ("parent_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blacklist_entries" ADD CONSTRAINT "blacklist_entries_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blacklist_entries" ADD CONSTRAINT "blacklist_entries_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_accounts" ADD CONSTRAINT "contact_accounts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_accounts" ADD CONSTRAINT "contact_accounts_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_accounts" ADD CONSTRAINT "contact_accounts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_addresses" ADD CONSTRAINT "contact_addresses_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_addresses" ADD CONSTRAINT "contact_addresses_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_default_account_id_accounts_id_fk" FOREIGN KEY ("default_account_id") REFERENCES "public"."accounts"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_accounts" ADD CONSTRAINT "engagement_accounts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_accounts" ADD CONSTRAINT "engagement_accounts_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_accounts" ADD CONSTRAINT "engagement_accounts_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_contacts" ADD CONSTRAINT "engagement_contacts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_contacts" ADD CONSTRAINT "engagement_contacts_engagement_id_engagements_id_fk" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagement_contacts" ADD CONSTRAINT "engagement_contacts_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_deleted_by_users_id_fk" FOREIGN KEY ("deleted_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_folder" FOREIGN KEY ("folder_id") REFERENCES "public"."folders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_engagement" FOREIGN KEY ("engagement_id") REFERENCES "public"."engagements"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "folders" ADD CONSTRAINT "folders_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "folders" ADD CONSTRAINT "folders_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_checkpoints" ADD CONSTRAINT "mailbox_checkpoints_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_checkpoints" ADD CONSTRAINT "mailbox_checkpoints_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_credentials" ADD CONSTRAINT "mailbox_credentials_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_credentials" ADD CONSTRAINT "mailbox_credentials_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD CONSTRAINT "mailboxes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD CONSTRAINT "mailboxes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_tokens" ADD CONSTRAINT "access_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "internal_domains" ADD CONSTRAINT "internal_domains_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_addresses" ADD CONSTRAINT "user_addresses_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_addresses" ADD CONSTRAINT "user_addresses_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_domains_account" ON "account_domains" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "accounts_name_order" ON "accounts" USING btree ("workspace_id","name","id");--> statement-breakpoint
CREATE INDEX "contact_accounts_account" ON "contact_accounts" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_addresses_one_primary" ON "contact_addresses" USING btree ("contact_id") WHERE is_primary;--> statement-breakpoint
CREATE INDEX "contact_addresses_address" ON "contact_addresses" USING btree ("workspace_id","address");--> statement-breakpoint
CREATE INDEX "contacts_name_order" ON "contacts" USING btree ("workspace_id","name","id");--> statement-breakpoint
CREATE INDEX "engagement_accounts_account" ON "engagement_accounts" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "engagement_contacts_contact" ON "engagement_contacts" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "engagements_timeline" ON "engagements" USING btree ("workspace_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "engagements_thread" ON "engagements" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "sightings_batch" ON "sightings" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "sightings_message" ON "sightings" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "sightings_engagement_id" ON "sightings" USING btree ("engagement_id");--> statement-breakpoint
CREATE INDEX "sightings_decided" ON "sightings" USING btree ("workspace_id","decided_at","id");--> statement-breakpoint
CREATE INDEX "sightings_counts" ON "sightings" USING btree ("mailbox_id","verdict");--> statement-breakpoint
CREATE INDEX "batches_mailbox" ON "batches" USING btree ("mailbox_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mailboxes_connected_address" ON "mailboxes" USING btree ("workspace_id","address") WHERE disconnected_at is null;--> statement-breakpoint
CREATE INDEX "messages_internet_message_id" ON "messages" USING btree ("workspace_id","internet_message_id");--> statement-breakpoint
CREATE INDEX "messages_references" ON "messages" USING gin ("references");--> statement-breakpoint
CREATE INDEX "messages_thread" ON "messages" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "participants_address" ON "participants" USING btree ("workspace_id","address");--> statement-breakpoint
CREATE INDEX "user_addresses_user" ON "user_addresses" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "users_workspace" ON "users" USING btree ("workspace_id");--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "account_domains" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "accounts" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "blacklist_entries" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "contact_accounts" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "contact_addresses" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "contacts" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "attachments" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "engagement_accounts" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "engagement_contacts" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "engagements" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "sightings" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "batches" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "folders" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "mailbox_checkpoints" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "mailbox_credentials" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "mailboxes" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "messages" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "participants" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "threads" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "access_tokens" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "internal_domains" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "user_addresses" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "users" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "workspaces" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);