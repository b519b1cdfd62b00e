CREATE TABLE "dispute_lines" (
	"move_id" uuid NOT NULL,
	"firm_id" uuid NOT NULL,
	"invoice_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "dispute_lines_invoice" UNIQUE("move_id","invoice_id"),
	CONSTRAINT "dispute_lines_amount" CHECK ("dispute_lines"."amount_minor" <> 0)
);
--> statement-breakpoint
CREATE TABLE "dispute_moves" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"dispute_id" uuid NOT NULL,
	"capture_id" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"over_minor" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dispute_moves_amount" CHECK ("dispute_moves"."amount_minor" <> 0)
);
--> statement-breakpoint
DROP INDEX "disputes_open";--> statement-breakpoint
DROP INDEX "disputes_untold";--> statement-breakpoint
ALTER TABLE "disputes" ADD COLUMN "withdrawn_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "disputes" ADD COLUMN "told_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "disputes" ADD COLUMN "changes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "disputes" ADD COLUMN "asked_at" timestamp (3) with time zone DEFAULT 'epoch' NOT NULL;--> statement-breakpoint
ALTER TABLE "dispute_lines" ADD CONSTRAINT "dispute_lines_move_id_dispute_moves_id_fk" FOREIGN KEY ("move_id") REFERENCES "public"."dispute_moves"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_lines" ADD CONSTRAINT "dispute_lines_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_moves" ADD CONSTRAINT "dispute_moves_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_moves" ADD CONSTRAINT "dispute_moves_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispute_moves" ADD CONSTRAINT "dispute_moves_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dispute_moves_of_dispute" ON "dispute_moves" USING btree ("dispute_id");--> statement-breakpoint
CREATE INDEX "dispute_moves_of_capture" ON "dispute_moves" USING btree ("capture_id");--> statement-breakpoint
CREATE INDEX "disputes_undecided" ON "disputes" USING btree ("firm_id","due_by") WHERE "disputes"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "disputes_untold" ON "disputes" USING btree ("closed_at") WHERE "disputes"."told_minor" <> "disputes"."withdrawn_minor";--> statement-breakpoint
-- What was known of the money until now: the reconciler asks the processor about each of these once more.
UPDATE "disputes" SET "withdrawn_minor" = "amount_minor" WHERE "state" IN ('open', 'lost');--> statement-breakpoint
UPDATE "disputes" SET "told_minor" = "amount_minor" WHERE "state" = 'lost' AND "told_at" IS NOT NULL;--> statement-breakpoint
INSERT INTO "dispute_moves" ("firm_id", "dispute_id", "capture_id", "amount_minor", "over_minor", "created_at")
  SELECT d."firm_id", d."id", d."capture_id", d."amount_minor", coalesce((
    SELECT sum(s."amount_minor") FROM "surpluses" s WHERE s."capture_id" = d."capture_id" AND s."to_invoice_id" IS NULL
  ), 0) * d."amount_minor" / c."amount_minor", d."told_at"
  FROM "disputes" d JOIN "captures" c ON c."id" = d."capture_id" WHERE d."told_minor" > 0;--> statement-breakpoint
INSERT INTO "dispute_lines" ("move_id", "firm_id", "invoice_id", "amount_minor")
  SELECT m."id", m."firm_id", a."invoice_id", a."amount_minor" * m."amount_minor" / c."amount_minor"
  FROM "dispute_moves" m JOIN "captures" c ON c."id" = m."capture_id" JOIN "allocations" a ON a."capture_id" = c."id"
  WHERE a."amount_minor" * m."amount_minor" / c."amount_minor" > 0;--> statement-breakpoint
ALTER TABLE "disputes" ALTER COLUMN "withdrawn_minor" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "disputes" ALTER COLUMN "asked_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "disputes" DROP COLUMN "told_at";--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_money" CHECK ("disputes"."withdrawn_minor" >= 0 and "disputes"."told_minor" >= 0);