CREATE TABLE "bounces" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"original_message_id" uuid,
	"recipient" text NOT NULL,
	"kind" text NOT NULL,
	"status" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bounces_recipient" UNIQUE("message_id","recipient"),
	CONSTRAINT "bounces_kind" CHECK ("bounces"."kind" in ('failed', 'delayed', 'delivered')),
	CONSTRAINT "bounces_recipient_normalised" CHECK ("bounces"."recipient" = lower("bounces"."recipient"))
);
--> statement-breakpoint
ALTER TABLE "bounces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "redecisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"scope" jsonb NOT NULL,
	"requested_by" uuid,
	"state" text DEFAULT 'waiting' NOT NULL,
	"total" integer,
	"done" integer DEFAULT 0 NOT NULL,
	"logged" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "redecisions_cause" CHECK ("redecisions"."cause" in ('contact', 'account_domain', 'blacklist', 'accepted', 'message')),
	CONSTRAINT "redecisions_state" CHECK ("redecisions"."state" in ('waiting', 'running', 'finished', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "redecisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "unknown_correspondents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" uuid NOT NULL,
	"address" text NOT NULL,
	"name" text NOT NULL,
	"messages" integer NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"dismissed_at" timestamp with time zone,
	"dismissed_by" uuid,
	CONSTRAINT "unknown_correspondents_address" UNIQUE("workspace_id","address"),
	CONSTRAINT "unknown_correspondents_normalised" CHECK ("unknown_correspondents"."address" = lower("unknown_correspondents"."address"))
);
--> statement-breakpoint
ALTER TABLE "unknown_correspondents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sightings" DROP CONSTRAINT "sightings_reason";--> statement-breakpoint
ALTER TABLE "contact_addresses" ADD COLUMN "bounced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "contact_addresses" ADD COLUMN "bounce_status" text;--> statement-breakpoint
ALTER TABLE "attachments" ADD COLUMN "content_id" text;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "html_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "kind" text DEFAULT 'email' NOT NULL;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "author_id" uuid;--> statement-breakpoint
ALTER TABLE "engagements" ADD COLUMN "calendar" jsonb;--> statement-breakpoint
ALTER TABLE "sightings" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "thread_order" text DEFAULT 'newest_first' NOT NULL;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "preset" text DEFAULT 'customer_success' NOT NULL;--> statement-breakpoint
ALTER TABLE "bounces" ADD CONSTRAINT "bounces_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bounces" ADD CONSTRAINT "bounces_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bounces" ADD CONSTRAINT "bounces_original_message_id_messages_id_fk" FOREIGN KEY ("original_message_id") REFERENCES "public"."messages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redecisions" ADD CONSTRAINT "redecisions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "redecisions" ADD CONSTRAINT "redecisions_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unknown_correspondents" ADD CONSTRAINT "unknown_correspondents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unknown_correspondents" ADD CONSTRAINT "unknown_correspondents_dismissed_by_users_id_fk" FOREIGN KEY ("dismissed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bounces_original" ON "bounces" USING btree ("original_message_id");--> statement-breakpoint
CREATE INDEX "bounces_of_recipient" ON "bounces" USING btree ("workspace_id","recipient");--> statement-breakpoint
CREATE INDEX "redecisions_latest" ON "redecisions" USING btree ("workspace_id","created_at","id");--> statement-breakpoint
CREATE INDEX "redecisions_open" ON "redecisions" USING btree ("created_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "unknown_correspondents_latest" ON "unknown_correspondents" USING btree ("workspace_id","last_seen_at","id");--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "engagements" ADD CONSTRAINT "engagements_kind" CHECK ("engagements"."kind" in ('email', 'note'));--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_reason" CHECK ("sightings"."reason" in ('before_start', 'draft', 'spam', 'duplicate', 'own_loop', 'engagement_deleted', 'unparsable', 'too_large', 'only_own_addresses', 'internal', 'personal', 'blacklisted', 'bulk', 'auto_reply', 'bounce', 'read_receipt', 'feedback_report', 'unknown_sender', 'unknown_recipients', 'ambiguous_account', 'no_account', 'sender_not_a_user', 'sender_not_verified', 'empty', 'removed_on_server', 'discarded'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_thread_order" CHECK ("users"."thread_order" in ('newest_first', 'oldest_first'));--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "bounces" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "redecisions" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "workspace_wall" ON "unknown_correspondents" AS PERMISSIVE FOR ALL TO "mailroom_api" USING (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid) WITH CHECK (workspace_id = nullif(current_setting('mailroom.workspace_id', true), '')::uuid);