CREATE TABLE "clearing_checks" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"firm_id" uuid NOT NULL,
	"checked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"report" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payout_entries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"processor_account_id" uuid NOT NULL,
	"payout_id" uuid NOT NULL,
	"object_ref" text NOT NULL,
	"kind" text NOT NULL,
	"source_ref" text,
	"capture_id" uuid,
	"refund_id" uuid,
	"dispute_id" uuid,
	"gross_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payout_entries_object" UNIQUE("processor_account_id","object_ref"),
	CONSTRAINT "payout_entries_known" CHECK ("payout_entries"."capture_id" is not null or ("payout_entries"."refund_id" is null and "payout_entries"."dispute_id" is null))
);
--> statement-breakpoint
CREATE TABLE "payout_settings" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"firm_id" uuid NOT NULL,
	"bank_account_id" text NOT NULL,
	"bank_account_name" text NOT NULL,
	"fee_account_code" text NOT NULL,
	"fee_account_name" text NOT NULL,
	"fee_tax_type" text NOT NULL,
	"fees_per" text NOT NULL,
	"starts_on" date NOT NULL,
	"set_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"processor_account_id" uuid NOT NULL,
	"object_ref" text NOT NULL,
	"connection_id" uuid,
	"state" text NOT NULL,
	"is_automatic" boolean NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"arrives_on" date NOT NULL,
	"listed_at" timestamp (3) with time zone,
	"told" text,
	"undone_at" timestamp (3) with time zone,
	"problem" text,
	"last_read_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "payouts_object" UNIQUE("processor_account_id","object_ref")
);
--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_target";--> statement-breakpoint
ALTER TABLE "clearing_checks" ADD CONSTRAINT "clearing_checks_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clearing_checks" ADD CONSTRAINT "clearing_checks_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_entries" ADD CONSTRAINT "payout_entries_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_entries" ADD CONSTRAINT "payout_entries_processor_account_id_processor_accounts_id_fk" FOREIGN KEY ("processor_account_id") REFERENCES "public"."processor_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_entries" ADD CONSTRAINT "payout_entries_payout_id_payouts_id_fk" FOREIGN KEY ("payout_id") REFERENCES "public"."payouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_entries" ADD CONSTRAINT "payout_entries_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_entries" ADD CONSTRAINT "payout_entries_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_entries" ADD CONSTRAINT "payout_entries_dispute_id_disputes_id_fk" FOREIGN KEY ("dispute_id") REFERENCES "public"."disputes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_settings" ADD CONSTRAINT "payout_settings_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_settings" ADD CONSTRAINT "payout_settings_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_processor_account_id_processor_accounts_id_fk" FOREIGN KEY ("processor_account_id") REFERENCES "public"."processor_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payout_entries_of_payout" ON "payout_entries" USING btree ("payout_id");--> statement-breakpoint
CREATE INDEX "payout_entries_of_capture" ON "payout_entries" USING btree ("capture_id");--> statement-breakpoint
CREATE INDEX "payouts_of_firm" ON "payouts" USING btree ("firm_id","arrives_on");--> statement-breakpoint
CREATE INDEX "payouts_untold" ON "payouts" USING btree ("processor_account_id") WHERE "payouts"."told" is null;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_target" CHECK (("postings"."kind" not in ('payment', 'batch_payment')) = ("postings"."target_id" is not null and "postings"."amount_minor" is not null));