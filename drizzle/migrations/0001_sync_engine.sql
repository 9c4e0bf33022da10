CREATE TABLE "host_paces" (
	"host" text PRIMARY KEY NOT NULL,
	"next_connect_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mailbox_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"mailbox_id" uuid NOT NULL,
	"folder_id" uuid,
	"kind" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mailbox_events_kind" CHECK ("mailbox_events"."kind" in ('uid_validity_changed', 'uid_validity_flapping', 'numbers_reused', 'folder_emptied', 'folder_parked', 'folder_back', 'checkpoint_lost', 'workflow_lost', 'messages_missing', 'quarantined', 'deferred', 'failing', 'recovered', 'import_finished', 'import_stopped', 'alert'))
);
--> statement-breakpoint
ALTER TABLE "mailbox_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mailbox_leases" (
	"mailbox_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"host" text NOT NULL,
	"holder" text NOT NULL,
	"purpose" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mailbox_leases_purpose" CHECK ("mailbox_leases"."purpose" in ('visit', 'watch', 'download'))
);
--> statement-breakpoint
ALTER TABLE "mailbox_leases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mailbox_usage" (
	"workspace_id" uuid NOT NULL,
	"mailbox_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"sent" bigint DEFAULT 0 NOT NULL,
	"logins" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "mailbox_usage_pk" PRIMARY KEY("mailbox_id","hour")
);
--> statement-breakpoint
ALTER TABLE "mailbox_usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "oauth_requests" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"envelope" "bytea" NOT NULL,
	"request" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "oauth_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "pop3_messages" (
	"workspace_id" uuid NOT NULL,
	"mailbox_id" uuid NOT NULL,
	"uidl" text NOT NULL,
	"uid" bigint NOT NULL,
	CONSTRAINT "pop3_messages_pk" PRIMARY KEY("mailbox_id","uidl"),
	CONSTRAINT "pop3_messages_uid" UNIQUE("mailbox_id","uid")
);
--> statement-breakpoint
ALTER TABLE "pop3_messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sightings" DROP CONSTRAINT "sightings_reason";--> statement-breakpoint
ALTER TABLE "sightings" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sightings" ADD COLUMN "retry_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "import_total" integer;--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "parked_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "parked_for" text;--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "on_server" integer;--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "recorded" integer;--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "missing" integer;--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "folders" ADD COLUMN "checked_modseq" text;--> statement-breakpoint
ALTER TABLE "mailbox_checkpoints" ADD COLUMN "folders_listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mailbox_checkpoints" ADD COLUMN "reconciled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "protocol" text DEFAULT 'imap' NOT NULL;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "auth" text DEFAULT 'password' NOT NULL;--> statement-breakpoint
ALTER TABLE "mailboxes" ADD COLUMN "deferred" jsonb;--> statement-breakpoint
ALTER TABLE "mailbox_events" ADD CONSTRAINT "mailbox_events_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_events" ADD CONSTRAINT "mailbox_events_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_events" ADD CONSTRAINT "mailbox_events_folder_id_folders_id_fk" FOREIGN KEY ("folder_id") REFERENCES "public"."folders"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_leases" ADD CONSTRAINT "mailbox_leases_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_leases" ADD CONSTRAINT "mailbox_leases_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_usage" ADD CONSTRAINT "mailbox_usage_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailbox_usage" ADD CONSTRAINT "mailbox_usage_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_requests" ADD CONSTRAINT "oauth_requests_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "oauth_requests" ADD CONSTRAINT "oauth_requests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pop3_messages" ADD CONSTRAINT "pop3_messages_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pop3_messages" ADD CONSTRAINT "pop3_messages_mailbox_id_mailboxes_id_fk" FOREIGN KEY ("mailbox_id") REFERENCES "public"."mailboxes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mailbox_events_of" ON "mailbox_events" USING btree ("mailbox_id","at","id");--> statement-breakpoint
CREATE INDEX "mailbox_leases_host" ON "mailbox_leases" USING btree ("host");--> statement-breakpoint
CREATE INDEX "sightings_retry" ON "sightings" USING btree ("mailbox_id","retry_at") WHERE retry_at is not null;--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_reason" CHECK ("sightings"."reason" in ('before_start', 'draft', 'spam', 'duplicate', 'own_loop', 'engagement_deleted', 'unparsable', 'too_large', 'only_own_addresses', 'internal', 'personal', 'blacklisted', 'bulk', 'auto_reply', 'bounce', 'unknown_sender', 'unknown_recipients', 'ambiguous_account', 'no_account', 'sender_not_a_user', 'sender_not_verified', 'empty', 'removed_on_server', 'discarded'));--> statement-breakpoint
ALTER TABLE "mailboxes" ADD CONSTRAINT "mailboxes_protocol" CHECK ("mailboxes"."protocol" in ('imap', 'pop3'));--> statement-breakpoint
ALTER TABLE "mailboxes" ADD CONSTRAINT "mailboxes_auth" CHECK ("mailboxes"."auth" in ('password', 'google', 'microsoft'));--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "mailbox_events" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "mailbox_leases" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "mailbox_usage" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "oauth_requests" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "pop3_messages" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);