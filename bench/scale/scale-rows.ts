/** Organisations with a mirror, as many as asked for, written straight into the tables: reading them in would take days at Xero's limits. */
import type pg from "pg";
import { SYNC_KINDS } from "#db/schema/mirror.ts";

export type Size = { organisations: number; invoicesEach: number };

/** An id that is the same each time: of the n-th thing of a kind. */
const idOf = (kind: string, n = "n") => `md5('${kind}' || ${n})::uuid`;

const ORGANISATIONS = [
  `insert into firms (id, company_id, slug, name, privacy, accent, support_email)
   select ${idOf("firm")}, company_id, 'scale-' || n, 'Scale Firm ' || n, privacy, accent, support_email
   from firms, generate_series(1, $1::int) n where slug = 'harbour'`,
  `insert into grants (id, app_id, kind, xero_user_id, email, sealed_tokens, scopes, access_expires_at, rotated_at)
   select ${idOf("grant")}, app_id, kind, ${idOf("user")}, email, sealed_tokens, scopes, access_expires_at, rotated_at
   from grants, generate_series(1, $1::int) n where state = 'active'`,
  `insert into connections (id, firm_id, grant_id, xero_connection_id, tenant_id, organisation_name, short_code,
     base_currency, country_code, time_zone, last_contact_at, clearing_account_id, clearing_account_name, connected_by)
   select ${idOf("connection")}, ${idOf("firm")}, ${idOf("grant")}, ${idOf("link")}, ${idOf("tenant")},
     'Scale Organisation ' || n, '!S' || n, base_currency, country_code, time_zone, now(), clearing_account_id,
     clearing_account_name, connected_by
   from connections, generate_series(1, $1::int) n where ended_at is null`,
  `insert into processor_accounts
     (firm_id, kind, account_ref, display_name, livemode, test_allowed_at, sealed_secret_key, key_hint, verified_at)
   select ${idOf("firm")}, kind, account_ref, display_name, livemode, test_allowed_at, sealed_secret_key, key_hint, verified_at
   from processor_accounts join firms on firms.id = firm_id, generate_series(1, $1::int) n where slug = 'harbour'`,
  // One in five hundred is due just now, as with kinds that are read every five minutes to every day.
  `insert into sync_cursors (firm_id, connection_id, kind, rows, started_at, backfilled_at, modified_since, synced_at, due_at)
   select ${idOf("firm")}, ${idOf("connection")}, kind, 0, now() - interval '1 day', now() - interval '1 day',
     now() - interval '1 hour', now() - interval '5 minutes', now() + make_interval(secs => (n * 7 + length(kind)) % 500 - 1)
   from unnest(string_to_array('${SYNC_KINDS.join()}', ',')) kind, generate_series(1, $1::int) n`,
  `insert into call_budget (app_id, tenant_id, minute_remaining, day_remaining, day_limit, app_minute_remaining, observed_at)
   select app_id, ${idOf("tenant")}, 50, 4000, 5000, 9000, now()
   from grants, generate_series(1, $1::int) n where id = ${idOf("grant", "'1'")}`,
  // The app's minute as full as Xero allows it, and the ten minutes that calls are kept for.
  `insert into xero_calls (app_id, tenant_id, purpose, begun_at, over_at)
   select app_id, ${idOf("tenant", "(call % $1::int + 1)")}, 'sync', at, at
   from grants, generate_series(1, least($1::int, 1000) * 20) call,
     lateral (select now() - make_interval(secs => call * 600.0 / (least($1::int, 1000) * 20)) as at) then_at
   where id = ${idOf("grant", "'1'")}`,
];

/** A contact has 25 invoices; a bill is one in seven; the shares of states are those of the simulator's mixture. */
const MIRROR = [
  `insert into contacts (firm_id, connection_id, contact_id, name, email, status, updated_at)
   select ${idOf("firm")}, ${idOf("connection")}, ${idOf("contact", "n || '-' || c")}, 'Client ' || c,
     'client' || c || '@example.com', case when c % 40 = 39 then 'ARCHIVED' else 'ACTIVE' end, now() - interval '1 year'
   from generate_series(1, $1::int) n, generate_series(0, ($2::int - 1) / 25) c`,
  `insert into invoices (firm_id, connection_id, invoice_id, type, number, contact_id, status, currency, total_minor,
     due_minor, dues_seen, date, due_date, fully_paid_on, reference, payment_ids, updated_at)
   select firm_id, connection_id, ${idOf("invoice", "n || '-' || i")}, case when bill then 'ACCPAY' else 'ACCREC' end,
     case when bill then 'SUP-' else 'INV-' end || (10000 + i), ${idOf("contact", "n || '-' || i % contacts")},
     status, base_currency, total, due, case when due = total then array[total] else array[total, due] end, day, day + 14,
     case when status = 'PAID' then day + 20 end, case when chance % 3 = 0 then 'PO ' || chance end,
     case when due < total and status in ('PAID', 'AUTHORISED') then array[${idOf("payment", "n || '-' || i")}::text] else '{}' end,
     day + interval '20 days'
   from (
     select firm_id, id as connection_id, base_currency, n, i, contacts, bill, chance, status, day, total,
       case when status in ('PAID', 'VOIDED', 'DELETED') then 0
            when status = 'AUTHORISED' and chance % 5 = 0 then total - total / 3 else total end as due
     from (
       select n, i, ($2::int + 24) / 25 as contacts, chance, chance % 7 = 0 as bill, current_date - 30 - chance % 300 as day,
         ((chance / 7 % 400 + 1) * 550)::bigint as total,
         case when state < 45 then 'PAID' when state < 80 then 'AUTHORISED' when state < 86 then 'DRAFT'
              when state < 90 then 'SUBMITTED' when state < 96 then 'VOIDED' else 'DELETED' end as status
       from generate_series(1, $1::int) n, generate_series(1, $2::int) i,
         lateral (select hashint8(n * 1000003::bigint + i) & 1048575 as chance) luck,
         lateral (select chance / 11 % 100 as state) states
     ) drawn join connections on connections.id = ${idOf("connection")}
   ) shaped`,
];

/**
 * Adds organisations, each with a firm, a grant, a processor's account and a mirror of its own, all like those of firm
 * harbour of the demonstration, which must be the only one connected; then ANALYZE. Answers what there is.
 */
export async function fillMirror(client: pg.Client, { organisations, invoicesEach }: Size) {
  for (const statement of ORGANISATIONS) await client.query(statement, [organisations]);
  for (const statement of MIRROR) await client.query(statement, [organisations, invoicesEach]);
  await client.query("vacuum analyze");
  const { rows } = await client.query<Record<"connections" | "contacts" | "invoices" | "megabytes", number>>(
    `select (select count(*) from connections)::int as connections, (select count(*) from contacts)::int as contacts,
       (select count(*) from invoices)::int as invoices,
       (pg_total_relation_size('invoices') / 1000000)::int as megabytes`,
  );
  return rows[0];
}

/** Paths of pay links to invoices that are owed, drawn from all organisations. */
export async function payLinks(client: pg.Client, atMost: number): Promise<string[]> {
  const { rows } = await client.query<{ slug: string; number: string; due: string }>(
    `select slug, number, round(due_minor / 100.0, 2)::text as due
     from invoices join firms on firms.id = firm_id
     where slug like 'scale-%' and type = 'ACCREC' and status = 'AUTHORISED'
     order by md5(invoice_id) limit $1`,
    [atMost],
  );
  return rows.map(({ slug, number, due }) => `/pay/quickfee/${slug}?amount=${due}&invoice=${number}`);
}
