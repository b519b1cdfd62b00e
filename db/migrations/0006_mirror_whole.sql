CREATE TABLE "branding_themes" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"theme_id" text NOT NULL,
	"name" text NOT NULL,
	"sort_order" integer,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "branding_themes_connection_id_theme_id_pk" PRIMARY KEY("connection_id","theme_id")
);
--> statement-breakpoint
CREATE TABLE "credit_notes" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"credit_id" text NOT NULL,
	"type" text NOT NULL,
	"number" text,
	"reference" text,
	"contact_id" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"remaining_minor" bigint NOT NULL,
	"date" date,
	"allocations" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "credit_notes_connection_id_credit_id_pk" PRIMARY KEY("connection_id","credit_id")
);
--> statement-breakpoint
CREATE TABLE "currencies" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"code" text NOT NULL,
	"description" text,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "currencies_connection_id_code_pk" PRIMARY KEY("connection_id","code")
);
--> statement-breakpoint
CREATE TABLE "overpayments" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"credit_id" text NOT NULL,
	"type" text NOT NULL,
	"number" text,
	"reference" text,
	"contact_id" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"remaining_minor" bigint NOT NULL,
	"date" date,
	"allocations" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "overpayments_connection_id_credit_id_pk" PRIMARY KEY("connection_id","credit_id")
);
--> statement-breakpoint
CREATE TABLE "prepayments" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"credit_id" text NOT NULL,
	"type" text NOT NULL,
	"number" text,
	"reference" text,
	"contact_id" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"remaining_minor" bigint NOT NULL,
	"date" date,
	"allocations" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "prepayments_connection_id_credit_id_pk" PRIMARY KEY("connection_id","credit_id")
);
--> statement-breakpoint
CREATE TABLE "tax_rates" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"tax_type" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"percent" text NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tax_rates_connection_id_tax_type_pk" PRIMARY KEY("connection_id","tax_type")
);
--> statement-breakpoint
CREATE TABLE "webhook_sequences" (
	"app_id" uuid PRIMARY KEY NOT NULL,
	"reached" bigint,
	"gap_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "xero_payments" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"payment_id" text NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"invoice_id" text,
	"account_id" text,
	"batch_payment_id" text,
	"date" date,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reference" text,
	"is_reconciled" boolean NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "xero_payments_connection_id_payment_id_pk" PRIMARY KEY("connection_id","payment_id")
);
--> statement-breakpoint
ALTER TABLE "webhook_inbox" ALTER COLUMN "events" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_inbox" ALTER COLUMN "first_sequence" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "webhook_inbox" ALTER COLUMN "first_sequence" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_inbox" ALTER COLUMN "last_sequence" SET DATA TYPE bigint;--> statement-breakpoint
ALTER TABLE "webhook_inbox" ALTER COLUMN "last_sequence" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "merged_to" text;--> statement-breakpoint
ALTER TABLE "sync_cursors" ADD COLUMN "due_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook_inbox" ADD COLUMN "unreadable" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "auto_sync" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "branding_themes" ADD CONSTRAINT "branding_themes_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "branding_themes" ADD CONSTRAINT "branding_themes_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_notes" ADD CONSTRAINT "credit_notes_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_notes" ADD CONSTRAINT "credit_notes_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "currencies" ADD CONSTRAINT "currencies_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "currencies" ADD CONSTRAINT "currencies_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overpayments" ADD CONSTRAINT "overpayments_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overpayments" ADD CONSTRAINT "overpayments_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prepayments" ADD CONSTRAINT "prepayments_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prepayments" ADD CONSTRAINT "prepayments_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_rates" ADD CONSTRAINT "tax_rates_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tax_rates" ADD CONSTRAINT "tax_rates_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_sequences" ADD CONSTRAINT "webhook_sequences_app_id_xero_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."xero_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "xero_payments" ADD CONSTRAINT "xero_payments_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "xero_payments" ADD CONSTRAINT "xero_payments_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sync_cursors_due" ON "sync_cursors" USING btree ("due_at");--> statement-breakpoint
ALTER TABLE "webhook_inbox" ADD CONSTRAINT "webhook_inbox_readable" CHECK (("webhook_inbox"."events" is null) = ("webhook_inbox"."unreadable" is not null));--> statement-breakpoint
INSERT INTO "sync_cursors" ("firm_id", "connection_id", "kind", "page")
SELECT "connections"."firm_id", "connections"."id", "kind", 1
FROM "connections" CROSS JOIN unnest(ARRAY['credit_notes','overpayments','prepayments','payments','tax_rates','currencies','branding_themes']) AS "kind"
WHERE "connections"."ended_at" IS NULL
  AND EXISTS (SELECT 1 FROM "sync_cursors" WHERE "sync_cursors"."connection_id" = "connections"."id");
