ALTER TABLE "postings" DROP CONSTRAINT "postings_source";--> statement-breakpoint
ALTER TABLE "postings" ADD COLUMN "part" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_source" UNIQUE("kind","source_id","part");