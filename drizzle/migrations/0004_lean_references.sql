ALTER TABLE "attachments" DROP CONSTRAINT "attachments_workspace_id_workspaces_id_fk";
--> statement-breakpoint
ALTER TABLE "engagement_accounts" DROP CONSTRAINT "engagement_accounts_workspace_id_workspaces_id_fk";
--> statement-breakpoint
ALTER TABLE "engagement_contacts" DROP CONSTRAINT "engagement_contacts_workspace_id_workspaces_id_fk";
--> statement-breakpoint
ALTER TABLE "sightings" DROP CONSTRAINT "sightings_workspace_id_workspaces_id_fk";
--> statement-breakpoint
ALTER TABLE "sightings" DROP CONSTRAINT "sightings_mailbox_id_mailboxes_id_fk";
--> statement-breakpoint
ALTER TABLE "participants" DROP CONSTRAINT "participants_workspace_id_workspaces_id_fk";
