CREATE TABLE "disputes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"capture_id" uuid NOT NULL,
	"processor_account_id" uuid NOT NULL,
	"object_ref" text NOT NULL,
	"state" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"due_by" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	CONSTRAINT "disputes_object" UNIQUE("processor_account_id","object_ref"),
	CONSTRAINT "disputes_amount_positive" CHECK ("disputes"."amount_minor" > 0)
);
--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_target";--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_processor_account_id_processor_accounts_id_fk" FOREIGN KEY ("processor_account_id") REFERENCES "public"."processor_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "disputes_of_capture" ON "disputes" USING btree ("capture_id");--> statement-breakpoint
CREATE INDEX "disputes_open" ON "disputes" USING btree ("firm_id","due_by") WHERE "disputes"."state" = 'open';--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_target" CHECK (("postings"."kind" in ('credit_note', 'credit_refund', 'removal')) = ("postings"."target_id" is not null and "postings"."amount_minor" is not null));