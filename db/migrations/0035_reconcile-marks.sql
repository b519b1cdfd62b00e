CREATE TABLE "comparisons" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"firm_id" uuid NOT NULL,
	"reached_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparisons" ADD CONSTRAINT "comparisons_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "xero_payments_seen" ON "xero_payments" USING btree ("connection_id","seen_at");--> statement-breakpoint
CREATE INDEX "xero_payments_of_batch" ON "xero_payments" USING btree ("connection_id","batch_payment_id") WHERE "xero_payments"."batch_payment_id" is not null;--> statement-breakpoint
CREATE INDEX "postings_of_connection" ON "postings" USING btree ("connection_id","id");--> statement-breakpoint
CREATE INDEX "postings_xero" ON "postings" USING btree ("connection_id","xero_id") WHERE "postings"."xero_id" is not null;--> statement-breakpoint
CREATE INDEX "postings_removals" ON "postings" USING btree ("target_id") WHERE "postings"."kind" = 'removal';