CREATE TABLE "audit_heads" (
	"chain" uuid PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_links" (
	"chain" uuid NOT NULL,
	"position" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_links_chain_position_pk" PRIMARY KEY("chain","position"),
	CONSTRAINT "audit_links_seq_unique" UNIQUE("seq")
);
--> statement-breakpoint
ALTER TABLE "audit_links" ADD CONSTRAINT "audit_links_seq_audit_events_seq_fk" FOREIGN KEY ("seq") REFERENCES "public"."audit_events"("seq") ON DELETE no action ON UPDATE no action;