/** What is compared each hour and each night, for a firm that has taken very many payments. */
import pg from "pg";
import type { Stack } from "../../scripts/stack/stack.ts";
import type { Control } from "../simulator.ts";
import { child } from "./sync-child.ts";

type Options = { captures: number; changes: number; limits: object; say: (step: string) => void };
type Compared = { ms: number; beforeMb: number; mostMb: number; found: object };

/** Two years of payments, each of one invoice, in Xero and in the mirror as they were written. `$1`: how many. */
const ROWS = [
  `create temp table books as select c.id as connection_id, c.firm_id, p.id as account_id, c.clearing_account_id as clearing,
     gen_random_uuid() as checkout_id from connections c join firms f on f.id = c.firm_id and f.slug = 'harbour'
     join processor_accounts p on p.firm_id = f.id and p.ended_at is null where c.ended_at is null`,
  `insert into checkouts (id, firm_id, connection_id, token_hash, contact_id, currency, back_path)
   select checkout_id, firm_id, connection_id, 'scale', 'c', 'GBP', '/' from books`,
  `create temp table paid as select n, md5('attempt' || n)::uuid as attempt_id, md5('capture' || n)::uuid as capture_id,
     md5('posting' || n)::uuid as posting_id, md5('payment' || n)::uuid::text as payment_id, md5('invoice' || n)::uuid::text as invoice_id,
     'CF-' || translate(upper(substr(md5('reference' || n), 1, 10)), '01', 'XY') as reference,
     now() - (($1::int - n) * interval '730 days' / $1::int) as at
   from generate_series(1, $1::int) n`,
  `insert into attempts (id, firm_id, connection_id, checkout_id, processor_account_id, state, session_ref, currency, amount_minor, created_at, expires_at)
   select attempt_id, firm_id, connection_id, checkout_id, account_id, 'captured', 'cs_scale_' || n, 'GBP', 10000 + n % 1000, at, at from paid, books`,
  `insert into captures (id, firm_id, connection_id, attempt_id, processor_account_id, object_ref, currency, amount_minor, captured_at, recorded_at)
   select capture_id, firm_id, connection_id, attempt_id, account_id, 'pi_scale_' || n, 'GBP', 10000 + n % 1000, at, at from paid, books`,
  `insert into allocations (firm_id, capture_id, invoice_id, invoice_number, amount_minor)
   select firm_id, capture_id, invoice_id, 'INV-' || n, 10000 + n % 1000 from paid, books`,
  `insert into postings (id, firm_id, connection_id, kind, source_id, reference, account_id, currency, date, state, sends, xero_id, created_at, done_at)
   select posting_id, firm_id, connection_id, 'payment', capture_id, reference, clearing, 'GBP', at::date, 'done', 1, payment_id, at, at from paid, books
   on conflict do nothing`,
  `insert into posting_lines (posting_id, firm_id, connection_id, invoice_id, amount_minor, xero_payment_id, reflected_at, noted_at)
   select posting_id, books.firm_id, books.connection_id, invoice_id, 10000 + n % 1000, payment_id, at, at from books, paid join postings on postings.id = posting_id`,
  `insert into xero_payments (firm_id, connection_id, payment_id, type, status, invoice_id, account_id, date, currency, amount_minor, reference, is_reconciled, updated_at, seen_at)
   select books.firm_id, books.connection_id, payment_id, 'ACCRECPAYMENT', 'AUTHORISED', invoice_id, clearing, at::date, 'GBP', 10000 + n % 1000, paid.reference, true, at, at
   from books, paid join postings on postings.id = posting_id`,
];

/** Payouts are set up, to whatever account there is: none is written here. */
const SET_UP = `insert into payout_settings (connection_id, firm_id, bank_account_id, bank_account_name, fee_account_code, fee_account_name, fee_tax_type, fees_per, starts_on)
  select c.id, c.firm_id, 'bank', 'Bank', '404', 'Fees', 'NONE', 'payout', '2020-01-01'
  from connections c join firms f on f.id = c.firm_id and f.slug = 'harbour' where c.ended_at is null`;

/**
 * A payout a day of all those payments, set aside, with its fee and its transfer. The simulated Xero has none of it: a check
 * that reads on from its mark may ask for nothing of it, and would tell each as removed if it held one of them against Xero.
 */
const PAID_OUT = [
  `create temp table daily as select at::date as day, md5('payout' || at::date)::uuid as payout_id, count(*) * 200 as fees,
     sum(10000 + n % 1000)::bigint as gross from paid join postings on postings.id = posting_id group by at::date`,
  `insert into payouts (id, firm_id, processor_account_id, object_ref, connection_id, state, is_automatic, currency, amount_minor, made_at, arrives_on, listed_at, told, settled_at)
   select payout_id, books.firm_id, books.account_id, 'po_scale_' || day, books.connection_id, 'paid', true, 'GBP', gross - fees, day, day, day, 'written', now() from daily, books`,
  `insert into payout_entries (firm_id, processor_account_id, payout_id, object_ref, kind, source_ref, payment_ref, capture_id, gross_minor, fee_minor, made_at)
   select books.firm_id, books.account_id, md5('payout' || at::date)::uuid, 'txn_scale_' || n, 'charge', 'ch_scale_' || n, 'pi_scale_' || n, capture_id, 10000 + n % 1000, 200, at
   from books, paid join postings on postings.id = posting_id`,
  `insert into postings (firm_id, connection_id, kind, source_id, reference, account_id, currency, target_id, amount_minor, date, state, sends, xero_id, created_at, done_at)
   select books.firm_id, books.connection_id, kind, payout_id, kind || day, clearing, 'GBP', '404', case kind when 'fee' then fees else gross - fees end, day, 'done', 1,
     md5(kind || day)::uuid, day, day from daily, books, unnest(array['fee', 'transfer']) kind`,
];

export async function reconcileAtScale(
  stack: Stack,
  control: Control,
  { captures, changes, limits, say }: Options,
) {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>("select id from firms where slug = 'harbour'");
  const firmId = rows[0]?.id ?? "";
  const compare = (span: string) => child<Compared>(stack, [firmId, span], "reconcile.child.ts").done;
  say("Reading the organisation whole");
  await control.post("/xero/settings", { limits });
  await compare("mirror");
  await client.query(SET_UP);
  // All of the account, which makes the mark.
  await compare("clearing");
  say(`${captures} payments of one firm`);
  for (const statement of ROWS) await client.query(statement, statement.includes("$1") ? [captures] : []);
  await client.query("vacuum analyze");
  say("All of it, as each night");
  const night = await compare("all");
  const hours: Compared[] = [];
  for (let hour = 0; hour < 5; hour += 1) {
    say(`An hour in which Xero told of ${changes} payments`);
    await client.query(
      `update xero_payments set seen_at = now() where payment_id in (select payment_id from paid order by random() limit $1)`,
      [changes],
    );
    hours.push(await compare("recent"));
  }
  say("All of it paid out and settled; the clearing account, as each night");
  for (const statement of PAID_OUT) await client.query(statement);
  await client.query("vacuum analyze");
  const clearing = await compare("clearing");
  const taken = await client.query<{ count: number }>("select count(*)::int as count from captures");
  await client.end();
  return { captures: taken.rows[0]?.count ?? 0, changes, night, hours, clearing };
}
