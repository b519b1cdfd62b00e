import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "#lib/core/env.ts";
import { testDb } from "#lib/testing/database.ts";
import { linkFromSearch } from "./link-rules.ts";
import { openLink } from "./open-link.ts";

/** Invoices of an organisation, 25 a client. */
const EACH = 250;
const [SMALL, LARGE] = [20, 200];

/** A few pages each here, which PostgreSQL rightly reads in whole. */
const FEW_ROWS = new Set([
  "companies",
  "firms",
  "processor_accounts",
  "connections",
  "grants",
  "unread_rows",
]);

testDb();
let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  await client.query(`
    insert into companies (id, slug, name) values (${idOf("company", "''")}, 'scale', 'Scale');
    insert into users (id, email, name, password_hash) values (${idOf("user", "''")}, 's@scale.example', 'S', '-');
    insert into xero_apps (id, company_id, kind, name, client_id, scopes)
      values (${idOf("app", "''")}, ${idOf("company", "''")}, 'oauth2', 'App', 'app', 'openid');
    insert into grants (id, app_id, xero_user_id, scopes) values (${idOf("grant", "''")}, ${idOf("app", "''")}, 'u', 'openid');`);
});
afterAll(() => client.end());

/** An id that is the same each time. */
function idOf(kind: string, n: string): string {
  return `md5('${kind}' || ${n})::uuid`;
}

/** Firms from the first to the last of these numbers, with books, clients, and money on every way. */
async function fill(first: number, last: number): Promise<void> {
  const firmsOf = `generate_series(${first}, ${last}) n`;
  const invoicesOf = `${firmsOf}, generate_series(1, ${EACH}) i`;
  const owner = `${idOf("firm", "n")}, ${idOf("books", "n")}`;
  const key = "n || '-' || i";
  await client.query(`
    insert into firms (id, company_id, slug, name, privacy)
      select ${idOf("firm", "n")}, ${idOf("company", "''")}, 'f' || n, 'Firm ' || n, 'open' from ${firmsOf};
    insert into processor_accounts (id, firm_id, kind, account_ref, display_name, livemode, sealed_secret_key, key_hint, verified_at)
      select ${idOf("account", "n")}, ${idOf("firm", "n")}, 'stripe', 'a', 'A', true, '-', '-', now() from ${firmsOf};
    insert into connections (id, firm_id, grant_id, xero_connection_id, tenant_id, organisation_name, short_code,
        base_currency, country_code, time_zone, clearing_account_id, connected_by)
      select ${idOf("books", "n")}, ${idOf("firm", "n")}, ${idOf("grant", "''")}, 'x', 't' || n, 'Books ' || n, '!' || n,
        'AUD', 'AU', 'Australia/Sydney', 'clearing', ${idOf("user", "''")} from ${firmsOf};
    insert into contacts (firm_id, connection_id, contact_id, name, status, updated_at)
      select ${owner}, 'c' || c, 'Client', 'ACTIVE', now() from ${firmsOf}, generate_series(0, ${EACH / 25 - 1}) c;
    insert into invoices (firm_id, connection_id, invoice_id, type, number, contact_id, status, currency, total_minor,
        due_minor, dues_seen, due_date, updated_at)
      select ${owner}, ${key}, case when i % 7 = 0 then 'ACCPAY' else 'ACCREC' end, 'INV-' || i, 'c' || i % ${EACH / 25},
        case when i % 3 = 0 then 'PAID' else 'AUTHORISED' end, 'AUD', 10000, case when i % 3 = 0 then 0 else 10000 end,
        '{10000}', current_date, now() from ${invoicesOf};
    insert into unread_rows (firm_id, connection_id, kind, xero_id, why)
      select ${owner}, 'invoices', ${key}, 'unreadable' from ${invoicesOf} where i % 100 = 99;
    insert into checkouts (id, token_hash, firm_id, connection_id, contact_id, currency, back_path)
      select ${idOf("checkout", key)}, ${key}, ${owner}, 'c', 'AUD', '/' from ${invoicesOf} where i % 5 = 1;
    insert into attempts (id, firm_id, connection_id, checkout_id, processor_account_id, currency, amount_minor, expires_at)
      select ${idOf("attempt", key)}, ${owner}, ${idOf("checkout", key)}, ${idOf("account", "n")}, 'AUD', 1, now()
      from ${invoicesOf} where i % 5 = 1;
    insert into holds (firm_id, connection_id, invoice_id, invoice_number, attempt_id, amount_minor, state)
      select ${owner}, ${key}, 'INV', ${idOf("attempt", key)}, 1, case when i % 10 = 1 then 'open' else 'captured' end
      from ${invoicesOf} where i % 5 = 1;
    insert into postings (id, firm_id, connection_id, kind, source_id, reference, account_id, currency, date)
      select ${idOf("posting", key)}, ${owner}, 'payment', ${idOf("source", key)}, ${key}, 'clearing', 'AUD', current_date
      from ${invoicesOf} where i % 4 = 1;
    insert into posting_lines (posting_id, firm_id, connection_id, invoice_id, amount_minor, reflected_at)
      select ${idOf("posting", key)}, ${owner}, ${key}, 1, case when i % 8 = 1 then now() end from ${invoicesOf} where i % 4 = 1;
    insert into link_tries (firm_id, caller, question, invoice_key, number)
      select ${idOf("firm", "n")}, 'c' || i % 50, ${key}, 'inv-' || i, 'INV' from ${invoicesOf} where i % 5 = 1;`);
  await client.query("analyze");
}

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: Node[];
};

/** How PostgreSQL carries out the statement that reads a link, once it has chosen one plan for all links. */
async function planOf(firm: number): Promise<Node> {
  let values: unknown[] = [];
  const logger = {
    logQuery(query: string, params: unknown[]) {
      if (query.startsWith("with ")) values = params;
    },
  };
  const db = drizzle({ client, casing: "snake_case", logger });
  const question = {
    ...{ companySlug: "scale", firmSlug: `f${firm}`, access: [], caller: "c1" },
    link: linkFromSearch("amount=100.00&invoice=INV-121"),
    ownTokenHashes: [`${firm}-121`],
  };
  for (let time = 0; time < 7; time += 1)
    expect(await openLink(db, question)).toMatchObject({ kind: "open", askedId: `${firm}-121` });
  const literal = (value: unknown) =>
    value === null
      ? "null"
      : client.escapeLiteral(Array.isArray(value) ? `{"${value.join('","')}"}` : String(value));
  const { rows } = await client.query(
    `explain (analyze, buffers, format json) execute link(${values.map(literal).join(", ")})`,
  );
  return rows[0]["QUERY PLAN"][0].Plan;
}

function nodesOf(plan: Node): Node[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function blocksOf(plan: Node): number {
  return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
}

test("one plan serves all links, by indexes alone, and reads hardly more where there are ten times as many organisations", async () => {
  await fill(1, SMALL);
  const small = await planOf(7);
  await fill(SMALL + 1, LARGE);
  const large = await planOf(150);
  const scanned = nodesOf(large).filter((node) => node["Node Type"] === "Seq Scan");
  const inWhole = scanned.flatMap((node) => node["Relation Name"] ?? []);
  expect(inWhole.filter((table) => !FEW_ROWS.has(table))).toEqual([]);
  // A look into a larger index goes one page deeper; the table of invoices alone has four times as many pages as are read.
  expect(blocksOf(large)).toBeLessThan(2 * blocksOf(small));
  const { rows } = await client.query("select generic_plans from pg_prepared_statements where name = 'link'");
  expect(Number(rows[0]?.generic_plans)).toBeGreaterThan(0);
});
