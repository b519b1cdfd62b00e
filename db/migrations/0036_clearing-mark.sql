CREATE TABLE "clearing_marks" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"firm_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"starts_on" date NOT NULL,
	"since" date NOT NULL,
	"before_minor" bigint NOT NULL,
	"carried" jsonb NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"whole_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "payouts" ADD COLUMN "settled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "clearing_marks" ADD CONSTRAINT "clearing_marks_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clearing_marks" ADD CONSTRAINT "clearing_marks_firm_id_firms_id_fk" FOREIGN KEY ("firm_id") REFERENCES "public"."firms"("id") ON DELETE no action ON UPDATE no action;