DROP INDEX "attempts_live";--> statement-breakpoint
DROP INDEX "attempts_unfinished";--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "submitted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "processor_accounts" ADD COLUMN "takes_debits" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_live" ON "attempts" USING btree ("checkout_id") WHERE "attempts"."state" in ('creating', 'open', 'submitted');--> statement-breakpoint
CREATE INDEX "attempts_unfinished" ON "attempts" USING btree ("expires_at") WHERE "attempts"."state" in ('creating', 'open', 'submitted');