ALTER TABLE "postings" DROP CONSTRAINT "postings_source";--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "part" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_source" UNIQUE("kind","source_id","part");--> statement-breakpoint
-- Xero deletes no overpayment: what was to be deleted is paid out of the clearing account.
UPDATE "postings" SET "kind" = 'credit_refund', "body" = '{"of": "overpayment"}', "state" = 'ready', "message" = NULL, "lease_until" = NULL, "due_at" = now()
  WHERE "kind" = 'removal' AND "body"->>'credit' = 'overpayment' AND "state" NOT IN ('done', 'by_hand');
