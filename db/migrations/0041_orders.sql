CREATE TABLE "api_replays" (
	"api_key_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"body" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "api_replays_api_key_id_key_pk" PRIMARY KEY("api_key_id","key")
);
--> statement-breakpoint
CREATE TABLE "item_kinds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"name" text NOT NULL,
	"account_code" text,
	"tax_type" text,
	"cost_account_code" text,
	"item_code" text,
	"tracking" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"first_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"mapped_at" timestamp (3) with time zone,
	CONSTRAINT "item_kinds_name" UNIQUE("connection_id","name")
);
--> statement-breakpoint
CREATE TABLE "order_settings" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"firm_id" uuid NOT NULL,
	"process" text NOT NULL,
	"invoice_status" text NOT NULL,
	"numbering" text NOT NULL,
	"number_prefix" text NOT NULL,
	"due_days" integer NOT NULL,
	"on_locked" text NOT NULL,
	"on_cancel" text NOT NULL,
	"on_unmapped" text NOT NULL,
	"sales_account_code" text NOT NULL,
	"sales_tax_type" text,
	"cost_account_code" text,
	"inventory_account_code" text,
	"rounding_account_code" text,
	"cash_contact_id" text,
	"supplier_contact_id" text,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"saved_by" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tenders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"name" text NOT NULL,
	"account_id" text,
	"first_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"mapped_at" timestamp (3) with time zone,
	CONSTRAINT "tenders_name" UNIQUE("connection_id","name")
);
--> statement-breakpoint
CREATE TABLE "items" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"item_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text,
	"is_sold" boolean NOT NULL,
	"is_purchased" boolean NOT NULL,
	"is_tracked" boolean NOT NULL,
	"sales_account_code" text,
	"sales_tax_type" text,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "items_connection_id_item_id_pk" PRIMARY KEY("connection_id","item_id")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"locked_until" date,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organisations_connection_id_pk" PRIMARY KEY("connection_id")
);
--> statement-breakpoint
CREATE TABLE "tracking_categories" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"category_id" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"options" jsonb NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tracking_categories_connection_id_category_id_pk" PRIMARY KEY("connection_id","category_id")
);
--> statement-breakpoint
CREATE TABLE "order_contacts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"contact_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_contacts_key" UNIQUE("connection_id","key")
);
--> statement-breakpoint
CREATE TABLE "order_documents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"order_id" uuid NOT NULL,
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"revision" integer NOT NULL,
	"refund_number" text DEFAULT '' NOT NULL,
	"content_hash" text,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"parts" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"taken_back_at" timestamp (3) with time zone,
	CONSTRAINT "order_documents_one" UNIQUE("order_id","kind","revision","refund_number")
);
--> statement-breakpoint
CREATE TABLE "order_revisions" (
	"order_id" uuid NOT NULL,
	"firm_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"content_hash" text NOT NULL,
	"content" jsonb NOT NULL,
	"api_key_id" uuid,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "order_revisions_order_id_revision_pk" PRIMARY KEY("order_id","revision")
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"source" text NOT NULL,
	"number" text NOT NULL,
	"revision" integer NOT NULL,
	"date" date NOT NULL,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"buyer" text NOT NULL,
	"faults" jsonb,
	"promised_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "orders_number" UNIQUE("connection_id","source","number")
);
--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_target";--> statement-breakpoint
DROP INDEX "api_requests_of_firm";--> statement-breakpoint
DROP INDEX "postings_due";--> statement-breakpoint
ALTER TABLE "api_requests" ADD COLUMN "sent" text;--> statement-breakpoint
ALTER TABLE "api_requests" ADD COLUMN "answered" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "tax_type" text;--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "after_id" uuid;--> statement-breakpoint
ALTER TABLE "api_replays" ADD CONSTRAINT "api_replays_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_kinds" ADD CONSTRAINT "item_kinds_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "item_kinds" ADD CONSTRAINT "item_kinds_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_settings" ADD CONSTRAINT "order_settings_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_settings" ADD CONSTRAINT "order_settings_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_settings" ADD CONSTRAINT "order_settings_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenders" ADD CONSTRAINT "tenders_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenders" ADD CONSTRAINT "tenders_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_categories" ADD CONSTRAINT "tracking_categories_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_categories" ADD CONSTRAINT "tracking_categories_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_contacts" ADD CONSTRAINT "order_contacts_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_contacts" ADD CONSTRAINT "order_contacts_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_documents" ADD CONSTRAINT "order_documents_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_documents" ADD CONSTRAINT "order_documents_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_documents" ADD CONSTRAINT "order_documents_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_revisions" ADD CONSTRAINT "order_revisions_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_revisions" ADD CONSTRAINT "order_revisions_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_revisions" ADD CONSTRAINT "order_revisions_api_key_id_api_keys_id_fk" FOREIGN KEY ("api_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_replays_at" ON "api_replays" USING btree ("at");--> statement-breakpoint
CREATE INDEX "orders_of_firm" ON "orders" USING btree ("firm_id","received_at" DESC NULLS FIRST,"id");--> statement-breakpoint
CREATE INDEX "orders_held" ON "orders" USING btree ("connection_id","received_at") WHERE "orders"."faults" is not null;--> statement-breakpoint
CREATE INDEX "orders_by_number" ON "orders" USING btree ("firm_id","number" text_pattern_ops);--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_after_id_postings_id_fk" FOREIGN KEY ("after_id") REFERENCES "public"."postings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contacts_by_email" ON "contacts" USING btree ("connection_id",lower("email"));--> statement-breakpoint
CREATE INDEX "contacts_by_name" ON "contacts" USING btree ("connection_id",lower("name"));--> statement-breakpoint
CREATE INDEX "postings_due_whole" ON "postings" USING btree ("due_at") WHERE "postings"."state" in ('ready', 'sending', 'unknown') and "postings"."kind" in ('invoice', 'purchase_order', 'order_credit', 'contact');--> statement-breakpoint
CREATE INDEX "postings_after" ON "postings" USING btree ("after_id") WHERE "postings"."after_id" is not null;--> statement-breakpoint
CREATE INDEX "api_requests_of_firm" ON "api_requests" USING btree ("firm_id","at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "postings_due" ON "postings" USING btree ("due_at") WHERE "postings"."state" in ('ready', 'sending', 'unknown') and not "postings"."kind" in ('invoice', 'purchase_order', 'order_credit', 'contact');--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_whole" CHECK (not "postings"."kind" in ('invoice', 'purchase_order', 'order_credit', 'contact') or ("postings"."body" is not null and "postings"."account_id" = ''));--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_target" CHECK (("postings"."kind" in ('credit_note', 'credit_refund', 'removal', 'overpayment', 'chore', 'fee', 'transfer', 'transfer_back', 'allocation')) = ("postings"."target_id" is not null) and ("postings"."kind" in ('payment', 'batch_payment')) = ("postings"."amount_minor" is null));