ALTER TABLE "firms" ADD COLUMN "part_from_invoices" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "firms" ADD CONSTRAINT "firms_part_from" CHECK ("firms"."part_from_invoices" > 0);