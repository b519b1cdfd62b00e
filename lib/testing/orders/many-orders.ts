/** Test only: orders of two years with all that became of them, written straight into the tables: sending them would take hours. */
import type pg from "pg";

/** An id that is the same each time: of the n-th thing of a kind. */
const idOf = (kind: string) => `md5('${kind}' || n)::uuid`;

/** Nine firms beside that of the connection `$1`, and like it. */
const OTHERS = [
  `insert into firms (id, company_id, slug, name, privacy)
   select ${idOf("firm")}, company_id, 'scale-' || n, 'Scale Firm ' || n, privacy
   from firms, generate_series(1, 9) n where id = (select firm_id from connections where id = $1)`,
  `insert into connections (id, firm_id, grant_id, xero_connection_id, tenant_id, organisation_name, short_code, base_currency,
     country_code, time_zone, clearing_account_id, connected_by)
   select ${idOf("books")}, ${idOf("firm")}, grant_id, 'scale-' || n, 'scale-' || n, 'Scale Organisation ' || n, '!S' || n,
     base_currency, country_code, time_zone, clearing_account_id, connected_by
   from connections, generate_series(1, 9) n where id = $1`,
];

/** Nine in ten are of the connection `$2`, the others of those nine. Held are fifty, on their way fifty, whatever `$1`. */
const ORDERS = `create temp table sold as
  select n, firm_id, connection_id, base_currency as currency, 'W-' || (1000000 + n) as number,
    case when n <= 20 then 'old shop' else (array['shop', 'till', 'hire', 'events'])[1 + chance % 4] end as source,
    case when n = 7 then 'Zephyrine Quist'
      else (array['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hana', 'Ivo', 'Jun'])[1 + chance / 7 % 10]
        || ' ' || initcap(translate(substr(md5((chance / 70 % 5000)::text), 1, 6), '0123456789', 'oiuaelnrst')) end as buyer,
    (chance / 11 % 900 + 10) * 100 as total_minor,
    now() - (($1::int - n) * interval '730 days' / $1::int) as at,
    n > $1::int - 500 and n % 10 = 1 as is_held, n % 50 = 3 as is_cancelled,
    case when n % 20 = 0 then 2 else 0 end as revision,
    case when n <= $1::int - 500 then 'done' when n % 30 = 4 then 'refused' when n % 30 = 5 then 'unknown'
      when n % 30 = 6 then 'ready' else 'done' end as state
  from generate_series(1, $1::int) n, lateral (select hashint4(n) & 1048575 as chance) luck,
    lateral (select firm_id, id as connection_id, base_currency from connections where case when n % 10 = 0
      then firm_id = md5('firm' || (1 + n / 10 % 9))::uuid else id = $2::uuid end) books`;

const FAULT = `'[{"code": "kind-unmapped", "found": "mapping", "subject": "Hire", "pointer": "#/lines/0/kind", "detail": "The kind Hire is not mapped."}]'::jsonb`;
const CONTENT = `jsonb_build_object('source', source, 'number', number, 'currency', currency, 'amounts', 'exclusive',
  'buyer', jsonb_build_object('person', jsonb_build_object('name', buyer)), 'lines', jsonb_build_array(jsonb_build_object(
    'kind', 'Hire', 'description', 'Hire of order ' || number, 'quantity', '1', 'unitPrice', (total_minor / 100)::text)))`;
const BODY = `jsonb_build_object('number', case kind when 'order_credit' then null else number end, 'date', at::date, 'dueDate', at::date,
  'contactId', md5(buyer), 'status', 'AUTHORISED', 'amounts', 'Exclusive', 'referenceText', number || ' ' || reference, 'url', null,
  'payments', '[]'::jsonb, 'lines', jsonb_build_array(jsonb_build_object('description', 'Hire of order ' || number, 'quantity', '1',
    'unitPrice', (total_minor / 100)::text, 'accountCode', '200', 'taxType', 'OUTPUT', 'itemCode', null, 'tracking', '[]'::jsonb)))`;

const ROWS = [
  `insert into orders (id, firm_id, connection_id, source, number, revision, date, currency, total_minor, buyer, faults,
     promised_at, cancelled_at, received_at, changed_at)
   select ${idOf("order")}, firm_id, connection_id, source, number, revision, at::date, currency, total_minor, buyer,
     case when is_held then ${FAULT} end, case when not is_held then at end,
     case when is_cancelled and not is_held then at end, at, at from sold`,
  `insert into order_revisions (order_id, firm_id, revision, content_hash, content, received_at)
   select ${idOf("order")}, firm_id, sent, md5(number || sent), ${CONTENT}, at
   from sold, unnest(case when revision = 0 then array[0] else array[0, revision] end) sent`,
  `create temp table written as
   select sold.*, kind, md5(kind || n)::uuid as document_id, 'CF-' || upper(substr(md5('reference' || kind || n), 1, 10)) as reference
   from sold, unnest(array['invoice', 'purchase_order', 'order_credit']) kind
   where not is_held and (kind = 'invoice' or kind = 'purchase_order' and n % 5 = 0 or kind = 'order_credit' and n % 40 = 7)`,
  `insert into order_documents (id, order_id, firm_id, connection_id, kind, revision, refund_number, currency, total_minor, created_at)
   select document_id, ${idOf("order")}, firm_id, connection_id, kind, revision, case kind when 'order_credit' then 'R-1' else '' end,
     currency, total_minor, at from written`,
  `insert into postings (firm_id, connection_id, kind, source_id, reference, account_id, currency, amount_minor, body, date, state,
     sends, xero_id, message, cause, created_at, done_at)
   select firm_id, connection_id, kind, document_id, reference, '', currency, total_minor, ${BODY}, at::date, state, 1,
     case when state = 'done' then md5('xero' || kind || n)::uuid end,
     case when state = 'refused' then 'The contact is archived.' end, null, at, case when state = 'done' then at end
   from written`,
  `insert into audit_events (firm_id, actor, action, subject, detail, at)
   select firm_id, 'worker', 'order.accepted', 'order:' || ${idOf("order")}, jsonb_build_object('source', source, 'number', number), at
   from sold`,
];

/** Adds so many orders of a connection and of nine firms that it makes beside; then ANALYZE. Answers what there is. */
export async function fillOrders(
  client: pg.Client,
  { orders, connectionId }: { orders: number; connectionId: string },
) {
  // The timeline's chain is not what is measured, and its trigger would take hours.
  await client.query("set session_replication_role = replica");
  for (const statement of OTHERS) await client.query(statement, [connectionId]);
  await client.query(ORDERS, [orders, connectionId]);
  for (const statement of ROWS) await client.query(statement);
  await client.query("set session_replication_role = default");
  await client.query("vacuum analyze");
  const { rows } = await client.query<
    Record<"orders" | "ofFirm" | "documents" | "held" | "megabytes", number>
  >(
    `select (select count(*) from orders)::int as orders, (select count(*) from order_documents)::int as documents,
       (select count(*) from orders where connection_id = $1)::int as "ofFirm",
       (select count(*) from orders where faults is not null)::int as held,
       ((pg_total_relation_size('orders') + pg_total_relation_size('order_revisions') + pg_total_relation_size('order_documents')
         + pg_total_relation_size('postings')) / 1000000)::int as megabytes`,
    [connectionId],
  );
  return rows[0];
}
