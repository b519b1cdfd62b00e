CREATE TABLE "order_attachments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"firm_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"content_hash" text NOT NULL,
	"bytes" integer NOT NULL,
	"file_id" uuid,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_attachments_file" UNIQUE("file_id")
);
--> statement-breakpoint
CREATE TABLE "attachment_files" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"content" "bytea" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_whole";--> statement-breakpoint
DROP INDEX "postings_due";--> statement-breakpoint
DROP INDEX "postings_due_whole";--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "process" text;--> statement-breakpoint
ALTER TABLE "order_settings" ADD COLUMN "email_invoices" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_attachments" ADD CONSTRAINT "order_attachments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_attachments" ADD CONSTRAINT "order_attachments_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_attachments" ADD CONSTRAINT "order_attachments_file_id_attachment_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."attachment_files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachment_files" ADD CONSTRAINT "attachment_files_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "order_attachments_name" ON "order_attachments" USING btree ("order_id",lower("file_name"));--> statement-breakpoint
CREATE INDEX "order_attachments_received" ON "order_attachments" USING btree ("received_at") WHERE "order_attachments"."file_id" is not null;--> statement-breakpoint
CREATE INDEX "postings_due" ON "postings" USING btree ("due_at") WHERE "postings"."state" in ('ready', 'sending', 'unknown') and not "postings"."kind" in ('invoice', 'purchase_order', 'order_credit', 'contact', 'attachment', 'invoice_email');--> statement-breakpoint
CREATE INDEX "postings_due_whole" ON "postings" USING btree ("due_at") WHERE "postings"."state" in ('ready', 'sending', 'unknown') and "postings"."kind" in ('invoice', 'purchase_order', 'order_credit', 'contact', 'attachment', 'invoice_email');--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_whole" CHECK (not "postings"."kind" in ('invoice', 'purchase_order', 'order_credit', 'contact', 'attachment', 'invoice_email') or ("postings"."body" is not null and "postings"."account_id" = ''));