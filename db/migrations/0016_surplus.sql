CREATE TABLE "surpluses" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"capture_id" uuid NOT NULL,
	"from_invoice_id" text NOT NULL,
	"from_number" text NOT NULL,
	"to_invoice_id" text,
	"to_number" text,
	"amount_minor" bigint NOT NULL,
	"decided_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "surpluses_amount_positive" CHECK ("surpluses"."amount_minor" > 0),
	CONSTRAINT "surpluses_to" CHECK (("surpluses"."to_invoice_id" is null) = ("surpluses"."to_number" is null))
);
--> statement-breakpoint
ALTER TABLE "checkout_lines" ADD COLUMN "part_of_minor" bigint;--> statement-breakpoint
ALTER TABLE "firms" ADD COLUMN "part_minimum_minor" bigint;--> statement-breakpoint
ALTER TABLE "firms" ADD COLUMN "part_currency" text;--> statement-breakpoint
ALTER TABLE "firms" ADD COLUMN "surplus_policy" text DEFAULT 'ask' NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "of_surplus" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "undone_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "surpluses" ADD CONSTRAINT "surpluses_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "surpluses" ADD CONSTRAINT "surpluses_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "surpluses" ADD CONSTRAINT "surpluses_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "surpluses_of_capture" ON "surpluses" USING btree ("capture_id");--> statement-breakpoint
CREATE INDEX "refunds_to_undo" ON "refunds" USING btree ("settled_at") WHERE "refunds"."state" = 'failed' and "refunds"."told_at" is not null and "refunds"."undone_at" is null;--> statement-breakpoint
ALTER TABLE "checkout_lines" ADD CONSTRAINT "checkout_lines_part" CHECK ("checkout_lines"."part_of_minor" > "checkout_lines"."amount_minor");--> statement-breakpoint
ALTER TABLE "firms" ADD CONSTRAINT "firms_part_whole" CHECK (("firms"."part_minimum_minor" is null) = ("firms"."part_currency" is null));--> statement-breakpoint
ALTER TABLE "firms" ADD CONSTRAINT "firms_part_positive" CHECK ("firms"."part_minimum_minor" > 0);