CREATE TABLE "memory" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"mark" text NOT NULL,
	"alive_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"gap_at" timestamp (3) with time zone,
	CONSTRAINT "memory_one_row" CHECK ("memory"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "doubted_at" timestamp (3) with time zone;