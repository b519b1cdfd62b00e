ALTER TABLE "checkouts" DROP CONSTRAINT "checkouts_terms";--> statement-breakpoint
ALTER TABLE "checkouts" DROP CONSTRAINT "checkouts_terms_version_id_terms_versions_id_fk";
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "payer_name" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "payer_email" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "terms_version_id" uuid;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "terms_accepted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "ip" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "user_agent" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_terms_version_id_terms_versions_id_fk" FOREIGN KEY ("terms_version_id") REFERENCES "public"."terms_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "attempts" SET "payer_name" = c."payer_name", "payer_email" = c."payer_email", "terms_version_id" = c."terms_version_id", "terms_accepted_at" = c."terms_accepted_at", "ip" = c."ip", "user_agent" = c."user_agent" FROM "checkouts" c WHERE c."id" = "attempts"."checkout_id";--> statement-breakpoint
ALTER TABLE "checkouts" DROP COLUMN "terms_version_id";--> statement-breakpoint
ALTER TABLE "checkouts" DROP COLUMN "terms_accepted_at";--> statement-breakpoint
ALTER TABLE "checkouts" DROP COLUMN "ip";--> statement-breakpoint
ALTER TABLE "checkouts" DROP COLUMN "user_agent";--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_terms" CHECK (("attempts"."terms_version_id" is null) = ("attempts"."terms_accepted_at" is null));