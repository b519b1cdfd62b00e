ALTER TABLE "email_codes" ADD COLUMN "sent_to" text;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "persons" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
UPDATE "sync_cursors" SET "modified_since" = NULL, "due_at" = now() WHERE "kind" = 'contacts' AND "page" IS NULL;
