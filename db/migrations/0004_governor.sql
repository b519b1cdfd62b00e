CREATE TABLE "call_usage" (
	"app_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"purpose" text NOT NULL,
	"calls" integer NOT NULL,
	"limited" integer NOT NULL,
	"egress_bytes" bigint NOT NULL,
	CONSTRAINT "call_usage_app_id_tenant_id_hour_purpose_pk" PRIMARY KEY("app_id","tenant_id","hour","purpose")
);
--> statement-breakpoint
CREATE TABLE "xero_calls" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"app_id" uuid NOT NULL,
	"tenant_id" text NOT NULL,
	"purpose" text NOT NULL,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"over_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "call_budget" ALTER COLUMN "observed_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "call_budget" ALTER COLUMN "observed_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "call_budget" ADD COLUMN "payer_waits_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "call_budget" ADD COLUMN "write_waits_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "call_budget" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "xero_apps" ADD COLUMN "tier" text DEFAULT 'starter' NOT NULL;--> statement-breakpoint
ALTER TABLE "call_usage" ADD CONSTRAINT "call_usage_app_id_xero_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."xero_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "xero_calls" ADD CONSTRAINT "xero_calls_app_id_xero_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."xero_apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "xero_calls_of_organisation" ON "xero_calls" USING btree ("app_id","tenant_id","over_at");--> statement-breakpoint
CREATE INDEX "xero_calls_of_app" ON "xero_calls" USING btree ("app_id","over_at");--> statement-breakpoint
CREATE INDEX "call_budget_app_blocked" ON "call_budget" USING btree ("app_id") WHERE "call_budget"."blocked_by" = 'appminute';