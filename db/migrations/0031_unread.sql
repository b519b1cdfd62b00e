CREATE TABLE "unread_rows" (
	"firm_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"xero_id" text NOT NULL,
	"why" text NOT NULL,
	"reason" text,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "unread_rows_connection_id_kind_xero_id_pk" PRIMARY KEY("connection_id","kind","xero_id")
);
--> statement-breakpoint
ALTER TABLE "firms" ADD COLUMN "trust_hours" integer DEFAULT 6 NOT NULL;--> statement-breakpoint
ALTER TABLE "unread_rows" ADD CONSTRAINT "unread_rows_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unread_rows" ADD CONSTRAINT "unread_rows_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "unread_rows_due" ON "unread_rows" USING btree ("due_at");--> statement-breakpoint
ALTER TABLE "firms" ADD CONSTRAINT "firms_trust_hours" CHECK ("firms"."trust_hours" between 0 and 72);