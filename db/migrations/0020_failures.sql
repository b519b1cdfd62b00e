CREATE TABLE "failures" (
	"kind" text NOT NULL,
	"item" text NOT NULL,
	"tries" integer DEFAULT 1 NOT NULL,
	"reason" text NOT NULL,
	"first_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "failures_kind_item_pk" PRIMARY KEY("kind","item")
);
--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "begun_at" timestamp (3) with time zone DEFAULT now() NOT NULL;