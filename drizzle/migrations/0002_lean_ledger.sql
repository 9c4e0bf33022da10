ALTER TABLE "sightings" DROP CONSTRAINT "sightings_stage";--> statement-breakpoint
DROP INDEX "sightings_message";--> statement-breakpoint
DROP INDEX "sightings_engagement_id";--> statement-breakpoint
DROP INDEX "sightings_decided";--> statement-breakpoint
DROP INDEX "messages_references";--> statement-breakpoint
DROP INDEX "messages_thread";--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "stage" text DEFAULT 'fetched' NOT NULL;--> statement-breakpoint
ALTER TABLE "batches" ADD COLUMN "progress" jsonb;--> statement-breakpoint
CREATE INDEX "sightings_message" ON "sightings" USING btree ("message_id") WHERE message_id is not null;--> statement-breakpoint
CREATE INDEX "sightings_engagement_id" ON "sightings" USING btree ("engagement_id") WHERE engagement_id is not null;--> statement-breakpoint
CREATE INDEX "sightings_decided" ON "sightings" USING btree ("workspace_id","decided_at","id") WHERE decided_at is not null;--> statement-breakpoint
CREATE INDEX "messages_references" ON "messages" USING gin ("references") WHERE thread_id is not null;--> statement-breakpoint
CREATE INDEX "messages_thread" ON "messages" USING btree ("thread_id") WHERE thread_id is not null;--> statement-breakpoint
ALTER TABLE "sightings" DROP COLUMN "outcome";--> statement-breakpoint
UPDATE "sightings" SET "stage" = 'fetched' WHERE "stage" <> 'decided';--> statement-breakpoint
ALTER TABLE "sightings" ADD CONSTRAINT "sightings_stage" CHECK ("sightings"."stage" in ('fetched', 'decided'));--> statement-breakpoint
ALTER TABLE "batches" ADD CONSTRAINT "batches_stage" CHECK ("batches"."stage" in ('fetched', 'parsed', 'classified', 'matched'));