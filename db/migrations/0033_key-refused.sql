ALTER TABLE "processor_accounts" ADD COLUMN "key_refused_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "processor_accounts" ADD COLUMN "key_refusal" text;