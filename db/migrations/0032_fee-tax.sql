ALTER TABLE "payout_entries" ADD COLUMN "taxed_fee_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payout_settings" ADD COLUMN "taxed_fee_tax_type" text;