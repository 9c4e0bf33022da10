ALTER TABLE "accounts" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_external_id" UNIQUE("workspace_id","external_id");--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_external_id" UNIQUE("workspace_id","external_id");