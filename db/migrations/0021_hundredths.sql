-- Money is hundredths of the currency's unit from here on (lib/core/money.ts); it was ISO 4217's minor units, and a tenth of
-- the ariary and the ouguiya. A currency of two decimals stays as it is. Xero kept no amount finer than a hundredth, and
-- Stripe took none. The timeline only grows: lines of these currencies that were written before keep the old numbers.
CREATE FUNCTION pg_temp.hundredths(minor bigint, code text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN code IN ('BIF','CLP','DJF','GNF','ISK','JPY','KMF','KRW','PYG','RWF','UGX','UYI','VND','VUV','XAF','XOF','XPF') THEN minor * 100
    WHEN code IN ('MGA','MRU') THEN minor * 10
    WHEN code IN ('BHD','IQD','JOD','KWD','LYD','OMR','TND') THEN sign(minor) * ceil(abs(minor) / 10.0)
    WHEN code IN ('CLF','UYW') THEN sign(minor) * ceil(abs(minor) / 100.0)
    ELSE minor
  END::bigint
$$;--> statement-breakpoint
CREATE FUNCTION pg_temp.moved(code text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT pg_temp.hundredths(100, code) <> 100
$$;--> statement-breakpoint
UPDATE invoices SET total_minor = pg_temp.hundredths(total_minor, currency), due_minor = pg_temp.hundredths(due_minor, currency), dues_seen = (SELECT coalesce(array_agg(pg_temp.hundredths(seen, currency) ORDER BY at), '{}') FROM unnest(dues_seen) WITH ORDINALITY AS each(seen, at)) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE credit_notes SET total_minor = pg_temp.hundredths(total_minor, currency), remaining_minor = pg_temp.hundredths(remaining_minor, currency), allocations = (SELECT coalesce(jsonb_agg(each || jsonb_build_object('amountMinor', pg_temp.hundredths((each->>'amountMinor')::bigint, currency)::text)), '[]') FROM jsonb_array_elements(allocations) AS each) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE overpayments SET total_minor = pg_temp.hundredths(total_minor, currency), remaining_minor = pg_temp.hundredths(remaining_minor, currency), allocations = (SELECT coalesce(jsonb_agg(each || jsonb_build_object('amountMinor', pg_temp.hundredths((each->>'amountMinor')::bigint, currency)::text)), '[]') FROM jsonb_array_elements(allocations) AS each) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE prepayments SET total_minor = pg_temp.hundredths(total_minor, currency), remaining_minor = pg_temp.hundredths(remaining_minor, currency), allocations = (SELECT coalesce(jsonb_agg(each || jsonb_build_object('amountMinor', pg_temp.hundredths((each->>'amountMinor')::bigint, currency)::text)), '[]') FROM jsonb_array_elements(allocations) AS each) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE xero_payments SET amount_minor = pg_temp.hundredths(amount_minor, currency) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE firms SET part_minimum_minor = pg_temp.hundredths(part_minimum_minor, part_currency) WHERE pg_temp.moved(part_currency);--> statement-breakpoint
UPDATE checkout_lines SET amount_minor = pg_temp.hundredths(amount_minor, currency), part_of_minor = pg_temp.hundredths(part_of_minor, currency) FROM checkouts WHERE checkouts.id = checkout_id AND pg_temp.moved(currency);--> statement-breakpoint
UPDATE holds SET amount_minor = pg_temp.hundredths(holds.amount_minor, currency) FROM attempts WHERE attempts.id = attempt_id AND pg_temp.moved(currency);--> statement-breakpoint
UPDATE allocations SET amount_minor = pg_temp.hundredths(allocations.amount_minor, currency) FROM captures WHERE captures.id = capture_id AND pg_temp.moved(currency);--> statement-breakpoint
UPDATE surpluses SET amount_minor = pg_temp.hundredths(surpluses.amount_minor, currency) FROM captures WHERE captures.id = capture_id AND pg_temp.moved(currency);--> statement-breakpoint
UPDATE refund_lines SET amount_minor = pg_temp.hundredths(refund_lines.amount_minor, currency) FROM refunds WHERE refunds.id = refund_id AND pg_temp.moved(currency);--> statement-breakpoint
UPDATE posting_lines SET amount_minor = pg_temp.hundredths(posting_lines.amount_minor, currency) FROM postings WHERE postings.id = posting_id AND pg_temp.moved(currency);--> statement-breakpoint
UPDATE payout_entries SET gross_minor = pg_temp.hundredths(gross_minor, currency), fee_minor = pg_temp.hundredths(fee_minor, currency) FROM payouts WHERE payouts.id = payout_id AND pg_temp.moved(currency);--> statement-breakpoint
UPDATE postings SET body = jsonb_set(body, '{lines}', (SELECT jsonb_agg(each || jsonb_build_object('gross', pg_temp.hundredths((each->>'gross')::bigint, currency)::text)) FROM jsonb_array_elements(body->'lines') AS each)) WHERE kind = 'credit_note' AND jsonb_array_length(body->'lines') > 0 AND pg_temp.moved(currency);--> statement-breakpoint
UPDATE attempts SET amount_minor = pg_temp.hundredths(amount_minor, currency) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE captures SET amount_minor = pg_temp.hundredths(amount_minor, currency) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE refunds SET amount_minor = pg_temp.hundredths(amount_minor, currency) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE disputes SET amount_minor = pg_temp.hundredths(amount_minor, currency) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE postings SET amount_minor = pg_temp.hundredths(amount_minor, currency) WHERE pg_temp.moved(currency);--> statement-breakpoint
UPDATE payouts SET amount_minor = pg_temp.hundredths(amount_minor, currency) WHERE pg_temp.moved(currency);--> statement-breakpoint
-- Made anew at the next look.
DELETE FROM clearing_checks WHERE pg_temp.moved(report->>'currency');
