ALTER TABLE "disputes" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "told_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "disputes_untold" ON "disputes" USING btree ("closed_at") WHERE "disputes"."state" = 'lost' and "disputes"."told_at" is null;--> statement-breakpoint
CREATE INDEX "refunds_untold" ON "refunds" USING btree ("settled_at") WHERE "refunds"."state" = 'succeeded' and "refunds"."told_at" is null;