CREATE TABLE "refund_lines" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"refund_id" uuid NOT NULL,
	"invoice_id" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "refund_lines_invoice" UNIQUE("refund_id","invoice_id"),
	CONSTRAINT "refund_lines_amount_positive" CHECK ("refund_lines"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"capture_id" uuid NOT NULL,
	"processor_account_id" uuid NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"object_ref" text,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"note" text,
	"requested_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_polled_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "refunds_amount_positive" CHECK ("refunds"."amount_minor" > 0),
	CONSTRAINT "refunds_object_known" CHECK ("refunds"."state" in ('asked', 'failed') or "refunds"."object_ref" is not null)
);
--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "target_id" text;--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "amount_minor" bigint;--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "body" jsonb;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_processor_account_id_processor_accounts_id_fk" FOREIGN KEY ("processor_account_id") REFERENCES "public"."processor_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_object" ON "refunds" USING btree ("processor_account_id","object_ref") WHERE "refunds"."object_ref" is not null;--> statement-breakpoint
CREATE INDEX "refunds_of_capture" ON "refunds" USING btree ("capture_id");--> statement-breakpoint
CREATE INDEX "refunds_unsettled" ON "refunds" USING btree ("created_at") WHERE "refunds"."state" in ('asked', 'pending');--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_target" CHECK (("postings"."kind" in ('credit_note', 'credit_refund')) = ("postings"."target_id" is not null and "postings"."amount_minor" is not null));