-- A firm that came back to an account has several rows of it: the newest takes over what the others have.
CREATE TEMP TABLE "merged" ON COMMIT DROP AS
	SELECT "id" AS "old", "keep" FROM (
		SELECT "id", first_value("id") OVER (
			PARTITION BY "firm_id", "account_ref", "livemode" ORDER BY ("ended_at" IS NULL) DESC, "set_at" DESC, "id"
		) AS "keep" FROM "processor_accounts"
	) AS "ranked" WHERE "id" <> "keep";--> statement-breakpoint
-- A payout that was read under two of them: the one that Xero was told of stays.
CREATE TEMP TABLE "same_payout" ON COMMIT DROP AS
	SELECT "id" AS "loser", "winner" FROM (
		SELECT p."id", first_value(p."id") OVER (
			PARTITION BY coalesce(m."keep", p."processor_account_id"), p."object_ref"
			ORDER BY (p."told" IN ('written', 'fees_only')) DESC NULLS LAST, p."listed_at" NULLS LAST, p."id"
		) AS "winner" FROM "payouts" p LEFT JOIN "merged" m ON m."old" = p."processor_account_id"
	) AS "ranked" WHERE "id" <> "winner";--> statement-breakpoint
UPDATE "payout_entries" w SET
	"capture_id" = coalesce(w."capture_id", l."capture_id"),
	"refund_id" = coalesce(w."refund_id", l."refund_id"),
	"dispute_id" = coalesce(w."dispute_id", l."dispute_id")
	FROM "payout_entries" l JOIN "same_payout" s ON s."loser" = l."payout_id"
	WHERE w."payout_id" = s."winner" AND w."object_ref" = l."object_ref";--> statement-breakpoint
DELETE FROM "payout_entries" WHERE "payout_id" IN (SELECT "loser" FROM "same_payout");--> statement-breakpoint
DELETE FROM "payouts" WHERE "id" IN (SELECT "loser" FROM "same_payout");--> statement-breakpoint
DELETE FROM "payout_entries" WHERE "id" IN (
	SELECT "id" FROM (
		SELECT e."id", row_number() OVER (
			PARTITION BY coalesce(m."keep", e."processor_account_id"), e."object_ref" ORDER BY (m."old" IS NULL) DESC, e."id"
		) AS "at" FROM "payout_entries" e LEFT JOIN "merged" m ON m."old" = e."processor_account_id"
	) AS "ranked" WHERE "at" > 1
);--> statement-breakpoint
DELETE FROM "processor_events" WHERE "id" IN (
	SELECT "id" FROM (
		SELECT e."id", row_number() OVER (
			PARTITION BY coalesce(m."keep", e."account_id"), e."event_ref" ORDER BY (m."old" IS NULL) DESC, e."id"
		) AS "at" FROM "processor_events" e LEFT JOIN "merged" m ON m."old" = e."account_id"
	) AS "ranked" WHERE "at" > 1
);--> statement-breakpoint
DELETE FROM "sweeps" WHERE "processor_account_id" IN (SELECT "old" FROM "merged");--> statement-breakpoint
UPDATE "payouts" t SET "processor_account_id" = m."keep" FROM "merged" m WHERE t."processor_account_id" = m."old";--> statement-breakpoint
UPDATE "payout_entries" t SET "processor_account_id" = m."keep" FROM "merged" m WHERE t."processor_account_id" = m."old";--> statement-breakpoint
UPDATE "processor_events" t SET "account_id" = m."keep" FROM "merged" m WHERE t."account_id" = m."old";--> statement-breakpoint
UPDATE "attempts" t SET "processor_account_id" = m."keep" FROM "merged" m WHERE t."processor_account_id" = m."old";--> statement-breakpoint
UPDATE "captures" t SET "processor_account_id" = m."keep" FROM "merged" m WHERE t."processor_account_id" = m."old";--> statement-breakpoint
UPDATE "refunds" t SET "processor_account_id" = m."keep" FROM "merged" m WHERE t."processor_account_id" = m."old";--> statement-breakpoint
UPDATE "disputes" t SET "processor_account_id" = m."keep" FROM "merged" m WHERE t."processor_account_id" = m."old";--> statement-breakpoint
UPDATE "breaks" t SET "processor_account_id" = m."keep" FROM "merged" m WHERE t."processor_account_id" = m."old";--> statement-breakpoint
DELETE FROM "processor_accounts" WHERE "id" IN (SELECT "old" FROM "merged");--> statement-breakpoint
ALTER TABLE "processor_accounts" ADD CONSTRAINT "processor_accounts_ref" UNIQUE("firm_id","account_ref","livemode");
