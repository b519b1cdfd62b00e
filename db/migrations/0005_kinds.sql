CREATE TABLE "record_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"system" text NOT NULL,
	"kind" text NOT NULL,
	"their_id" text NOT NULL,
	"xero_id" text NOT NULL,
	"checked_at" timestamp (3) with time zone,
	"imported_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_links_their_record" UNIQUE("firm_id","system","kind","their_id")
);
--> statement-breakpoint
ALTER TABLE "grants" DROP CONSTRAINT "grants_app_user";--> statement-breakpoint
ALTER TABLE "grants" ALTER COLUMN "xero_user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "kind" text DEFAULT 'authorization_code' NOT NULL;--> statement-breakpoint
ALTER TABLE "xero_apps" ADD COLUMN "expired_on" date;--> statement-breakpoint
ALTER TABLE "xero_apps" ADD COLUMN "certificate_subject" text;--> statement-breakpoint
ALTER TABLE "xero_apps" ADD COLUMN "certificate_fingerprint" text;--> statement-breakpoint
ALTER TABLE "record_links" ADD CONSTRAINT "record_links_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_links" ADD CONSTRAINT "record_links_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "record_links_xero_record" ON "record_links" USING btree ("connection_id","kind","xero_id");--> statement-breakpoint
CREATE UNIQUE INDEX "xero_apps_custom" ON "xero_apps" USING btree ("firm_id","client_id") WHERE "xero_apps"."kind" = 'custom';--> statement-breakpoint
CREATE UNIQUE INDEX "xero_apps_retired" ON "xero_apps" USING btree ("firm_id","kind","client_id") WHERE "xero_apps"."kind" in ('oauth1', 'x509');--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_app_user" UNIQUE NULLS NOT DISTINCT("app_id","xero_user_id");--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_user" CHECK (("grants"."kind" = 'client_credentials') = ("grants"."xero_user_id" is null));--> statement-breakpoint
ALTER TABLE "xero_apps" ADD CONSTRAINT "xero_apps_custom_of_firm" CHECK ("xero_apps"."kind" <> 'custom' or "xero_apps"."firm_id" is not null);--> statement-breakpoint
ALTER TABLE "xero_apps" ADD CONSTRAINT "xero_apps_retired_holds_no_secret" CHECK ("xero_apps"."kind" not in ('oauth1', 'x509') or ("xero_apps"."sealed_client_secret" is null and "xero_apps"."sealed_webhook_key" is null));