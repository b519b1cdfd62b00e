CREATE TABLE "link_tries" (
	"firm_id" uuid NOT NULL,
	"caller" text NOT NULL,
	"question" text NOT NULL,
	"invoice_key" text NOT NULL,
	"number" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"right_at" timestamp (3) with time zone,
	CONSTRAINT "link_tries_firm_id_caller_question_pk" PRIMARY KEY("firm_id","caller","question")
);
--> statement-breakpoint
DROP TABLE "link_misses" CASCADE;--> statement-breakpoint
CREATE INDEX "link_tries_wrong" ON "link_tries" USING btree ("firm_id","at") WHERE "link_tries"."right_at" is null;--> statement-breakpoint
CREATE INDEX "link_tries_invoice" ON "link_tries" USING btree ("firm_id","invoice_key","at") WHERE "link_tries"."right_at" is null;