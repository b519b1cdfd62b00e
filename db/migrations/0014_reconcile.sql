CREATE TABLE "breaks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"firm_id" uuid NOT NULL,
	"connection_id" uuid,
	"processor_account_id" uuid,
	"capture_id" uuid,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"reference" text,
	"here" text NOT NULL,
	"there" text NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"firm_id" uuid NOT NULL,
	"processor_account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"span" text NOT NULL,
	"began_at" timestamp (3) with time zone,
	"since" timestamp (3) with time zone,
	"after" text,
	"reached_at" timestamp (3) with time zone,
	CONSTRAINT "sweeps_processor_account_id_kind_span_pk" PRIMARY KEY("processor_account_id","kind","span")
);
--> statement-breakpoint
ALTER TABLE "posting_lines" ADD COLUMN "noted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "breaks" ADD CONSTRAINT "breaks_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breaks" ADD CONSTRAINT "breaks_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breaks" ADD CONSTRAINT "breaks_processor_account_id_processor_accounts_id_fk" FOREIGN KEY ("processor_account_id") REFERENCES "public"."processor_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "breaks" ADD CONSTRAINT "breaks_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_processor_account_id_processor_accounts_id_fk" FOREIGN KEY ("processor_account_id") REFERENCES "public"."processor_accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "breaks_one_open" ON "breaks" USING btree ("firm_id","kind","subject") WHERE "breaks"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "breaks_of_capture" ON "breaks" USING btree ("capture_id");--> statement-breakpoint
CREATE INDEX "postings_done_at" ON "postings" USING btree ("done_at") WHERE "postings"."state" = 'done';