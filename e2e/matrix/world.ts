/** Who tries the doors, and at what: harbour, with one of everything, and people of its own and of other places. */
import { randomBytes } from "node:crypto";
import { expect } from "@playwright/test";
import { DEMO_PASSWORD, DEMO_PEOPLE } from "../../scripts/demo-data/demo-facts.ts";
import { ownAddress } from "../support/fixtures.ts";
import type { Ground } from "../support/ground.ts";
import type { BuiltAction } from "./doors.ts";
import { type Facts, nobodys, type Place } from "./facts.ts";
import type { Person } from "./people.ts";
import { CUSTOM_SCOPES, ORDERS_FILE } from "./table.ts";
import { actionForm, closest, formsFor, signInPlainly, type Visitor, visitor } from "./visitor.ts";

export type World = {
  who: Record<Person, Visitor>;
  /** Where each outsider is at home. */
  home: Record<"otherFirm" | "otherCompany", Place>;
  theirs: Facts;
  /** Nobody's, for comparison: what isn't yours must look the same. */
  madeUp: Facts;
  /** What only harbour's own people may read. */
  inside: string[];
  /** What an outsider's staff pages may not hold either, though payers see it. */
  name: string;
};

const HARBOUR = { company: "quickfee", firm: "harbour" };
const ADA = "5eed0000-0000-4000-8000-000000000003";
const HARBOUR_OWNER = DEMO_PEOPLE.harbourOwner;

export async function makeWorld(ground: Ground, actions: Map<string, BuiltAction>): Promise<World> {
  await addPeople(ground);
  const emails = {
    otherFirm: DEMO_PEOPLE.demoOwner,
    otherCompany: "olga@elsewhere.example",
    viewer: "vera@harbour-books.example",
    staff: "sam@harbour-books.example",
    owner: HARBOUR_OWNER,
    company: DEMO_PEOPLE.broker,
  };
  const anonymous = visitor(ground.webUrl, { cookie: "", address: ownAddress() });
  const signedIn = async (email: string) =>
    (await signInPlainly(ground.webUrl, { address: ownAddress(), email })).person;
  const who = { anonymous } as Record<Person, Visitor>;
  for (const [person, email] of Object.entries(emails)) who[person as Person] = await signedIn(email);

  const theirs = await harbourFacts(ground, who, actions);
  const inside = [
    theirs.connectionId,
    theirs.tenantId,
    theirs.membershipId,
    theirs.postingId,
    theirs.processorAccountId,
    "Perla Payer",
    "Harriet Cole",
    HARBOUR_OWNER,
    emails.staff,
    "Quayside Bakery",
    "CF-MATRIX0000",
    "CF-MATRIXGONE",
    "The lock date is in the way of harbour",
    "It does not add up at harbour",
    "Till at harbour",
    "Scones at harbour",
    "Vouchers at harbour",
    "Oona of orders",
    "W-harbour",
  ];
  return {
    who,
    home: {
      otherFirm: { company: "quickfee", firm: "demo" },
      otherCompany: { company: "elsewhere", firm: "ledgers" },
    },
    theirs,
    madeUp: nobodys(theirs),
    inside,
    name: "Harbour Books",
  };
}

/** Of each business table, what its rows add up to. Counters of refusals and signs of life don't count as a change. */
export async function fingerprint(ground: Ground): Promise<Record<string, string>> {
  const uncounted = [
    "rate_limits",
    "link_tries",
    "call_budget",
    "xero_calls",
    "call_usage",
    "audit_events",
    "sync_cursors",
    "sweeps",
  ];
  const tables = await ground.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> all($1) order by 1",
    [uncounted],
  );
  const one = ({ name }: { name: string }) =>
    `select '${name}' as name, coalesce(md5(string_agg(row, ';' order by row)), '') as sum from (
       select (to_jsonb(t) - array['last_seen_at', 'last_contact_at', 'webhook_seen_at'])::text as row from "${name}" t) rows`;
  const sums = await ground.query<{ name: string; sum: string }>(tables.map(one).join(" union all "));
  return Object.fromEntries(sums.map(({ name, sum }) => [name, sum]));
}

async function addPeople({ query }: Ground): Promise<void> {
  await query(
    `with given (email, name, place, role) as (values
         ('vera@harbour-books.example', 'Vera View', 'harbour', 'viewer'),
         ('sam@harbour-books.example', 'Sam Staff', 'harbour', 'staff'),
         ('olga@elsewhere.example', 'Olga Other', 'elsewhere', 'owner')),
       company as (insert into companies (slug, name) values ('elsewhere', 'Elsewhere') returning id),
       firm as (insert into firms (company_id, slug, name) select id, 'ledgers', 'Elsewhere Ledgers' from company returning id),
       terms as (insert into terms_versions (firm_id, version, body, sha256) select id, 1, 'Terms', 'x' from firm),
       people as (insert into users (email, name, password_hash)
         select email, name, (select password_hash from users where email = $1) from given returning id, email)
     insert into memberships (user_id, company_id, firm_id, role)
       select people.id, case when place = 'elsewhere' then company.id end,
              case when place = 'harbour' then (select id from firms where slug = 'harbour') end, role
       from people join given using (email), company`,
    [DEMO_PEOPLE.broker],
  );
}

async function harbourFacts(
  ground: Ground,
  who: Record<Person, Visitor>,
  actions: Map<string, BuiltAction>,
): Promise<Facts> {
  type Row = Pick<
    Facts,
    | "connectionId"
    | "tenantId"
    | "accountId"
    | "membershipId"
    | "appId"
    | "processorAccountId"
    | "termsVersion"
  >;
  const [row] = await ground.query<Row & { firmId: string; invoice: string }>(
    `select f.id as "firmId", c.id as "connectionId", c.tenant_id as "tenantId", c.clearing_account_id as "accountId",
       g.app_id as "appId", p.id as "processorAccountId", v.id as "termsVersion",
       (select m.id from memberships m join users u on u.id = m.user_id where u.email = 'vera@harbour-books.example') as "membershipId",
       (select i.invoice_id from invoices i where i.connection_id = c.id and i.number = 'INV-3002') as invoice
     from firms f join connections c on c.firm_id = f.id and c.ended_at is null join grants g on g.id = c.grant_id
     join processor_accounts p on p.firm_id = f.id and p.ended_at is null join terms_versions v on v.firm_id = f.id
     where f.slug = 'harbour'`,
  );
  if (!row) throw new Error("Harbour is not as the demonstration's seed leaves it");
  // Xero will say no: that is noted on the connection, so that the action that needs it is seen to work.
  await ground.query(
    "update grants set scopes = scopes || ' accounting.settings' where id = (select grant_id from connections where id = $1)",
    [row.connectionId],
  );
  const [posting] = await ground.query<{
    id: string;
    captureId: string;
    spare: string[];
    breakId: string;
    payoutId: string;
    letterId: string;
    apiKeyId: string;
    itemKindId: string;
    tenderId: string;
  }>(
    `with checkout as (insert into checkouts (token_hash, firm_id, connection_id, contact_id, currency, back_path)
       values ('matrix', $1, $2, 'x', 'GBP', '/') returning id)
     , attempt as (insert into attempts (firm_id, connection_id, checkout_id, processor_account_id, state, currency, amount_minor, expires_at, payer_name, payer_email)
       select $1, $2, id, $3, 'captured', 'GBP', 12345, now(), 'Perla Payer', 'perla@quayside.example' from checkout returning id)
     , capture as (insert into captures (firm_id, connection_id, attempt_id, processor_account_id, object_ref, currency, amount_minor, captured_at)
       select $1, $2, id, $3, 'pi_matrix', 'GBP', 12345, now() from attempt returning id)
     , posting as (insert into postings (firm_id, connection_id, kind, source_id, reference, account_id, currency, date, state, due_at, message)
       select $1, $2, 'payment', id, 'CF-MATRIX0000', 'x', 'GBP', current_date, 'refused', now() + interval '1 day', 'The lock date is in the way of harbour' from capture
       returning id, source_id)
     , line as (insert into posting_lines (posting_id, firm_id, connection_id, invoice_id, amount_minor)
       select id, $1, $2, (select invoice_id from invoices where connection_id = $2 and number = 'INV-3001'), 12345 from posting)
     , share as (insert into allocations (firm_id, capture_id, invoice_id, invoice_number, amount_minor)
       select $1, id, (select invoice_id from invoices where connection_id = $2 and number = 'INV-3001'), 'INV-3001', 12345 from capture)
     , spare as (insert into postings (firm_id, connection_id, kind, source_id, reference, account_id, currency, date, state, due_at, message, target_id, amount_minor)
       select $1, $2, 'credit_note', gen_random_uuid(), reference, 'x', 'GBP', current_date, 'refused', now() + interval '1 day', 'Archived at harbour', 'x', 1
       from (values ('CF-MATRIX0001'), ('CF-MATRIX0002')) given (reference)
       returning id)
     , more as (insert into postings (firm_id, connection_id, kind, source_id, reference, account_id, currency, date, state, due_at, message, target_id, amount_minor)
       select $1, $2, 'credit_note', gen_random_uuid(), 'CF-MATRIX000' || n, 'x', 'GBP', current_date, 'refused', now() + interval '1 day', 'The lock date is in the way', 'x', 1
       from generate_series(3, 4) n)
     , broken as (insert into breaks (firm_id, connection_id, kind, subject, here, there)
       select $1, null, 'xero_stray', 'CF-MATRIXGONE', 'Nothing', 'A payment' returning id)
     , payout as (insert into payouts (firm_id, processor_account_id, object_ref, state, is_automatic, currency, amount_minor, made_at, arrives_on, problem)
       values ($1, $3, 'po_matrix', 'paid', true, 'GBP', 1, now(), current_date, 'It does not add up at harbour') returning id)
     , letter as (insert into letters (firm_id, kind, subject_key, recipient, created_at)
       values ($1, 'receipt', gen_random_uuid()::text, 'gone@quayside.example', now() - interval '2 hours') returning id)
     , api_key as (insert into api_keys (firm_id, connection_id, name, prefix, key_hash, last_four, scopes, made_by)
       values ($1, $2, 'Till at harbour', 'cfk_matrix23', repeat('0', 64), 'wxyz', '{read}', (select id from users limit 1)) returning id)
     , request as (insert into api_requests (firm_id, api_key_id, request_id, method, path, status, milliseconds)
       select $1, id, 'req_MATRIX2345', 'GET', '/api/v1/chart', 200, 1 from api_key)
     , item_kind as (insert into item_kinds (firm_id, connection_id, name) values ($1, $2, 'Scones at harbour') returning id)
     , tender as (insert into tenders (firm_id, connection_id, name) values ($1, $2, 'Vouchers at harbour') returning id)
     , payouts_set_up as (insert into payout_settings (connection_id, firm_id, bank_account_id, bank_account_name, fee_account_code, fee_account_name, fee_tax_type, fees_per, starts_on)
       values ($2, $1, 'x', 'Business Bank Account', '404', 'Bank Fees', 'NONE', 'payout', current_date))
     select posting.id, source_id as "captureId", (select array_agg(id) from spare) as spare, broken.id as "breakId", payout.id as "payoutId", letter.id as "letterId", api_key.id as "apiKeyId", item_kind.id as "itemKindId", tender.id as "tenderId"
     from posting, broken, payout, letter, api_key, item_kind, tender`,
    [row.firmId, row.connectionId, row.processorAccountId],
  );
  await ground.query(
    `insert into link_tries (firm_id, caller, question, invoice_key, number)
     select $1, '203.0.113.250', n, 'inv-3001', 'INV-3001' from generate_series(1, 5) n`,
    [row.firmId],
  );
  const ordered = await ordersAt(ground, row);
  const uploaded = await uploadAt(ground, who.staff, row);
  const { firmId: _, ...ids } = row;
  const { accounts } = await ground.simulator.control<{ accounts: { id: string; name: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${ids.tenantId}`,
  );
  const link = "amount=120.50&invoice=INV-3002";
  const spareApp = {
    clientId: randomBytes(16).toString("hex").toUpperCase(),
    clientSecret: "spare-secret-1",
  };
  await ground.simulator.control("PUT", `/control/apps/${spareApp.clientId}`, {
    name: "Spare",
    secret: spareApp.clientSecret,
    redirectUris: [`${ground.webUrl}/api/xero/callback`],
  });
  const customApp = {
    clientId: randomBytes(16).toString("hex").toUpperCase(),
    clientSecret: "custom-secret-1",
  };
  await ground.simulator.control("PUT", `/control/apps/${customApp.clientId}`, {
    name: "Harbour's own",
    kind: "custom",
    secret: customApp.clientSecret,
    custom: { tenantId: ids.tenantId, scopes: CUSTOM_SCOPES.split(" ") },
  });
  const answer = await consent(ground, who.owner, HARBOUR);
  const chosen = await who.owner.get(`/api/xero/callback?${answer}`);
  const renew = actions.get("app/(desk)/firms/[company]/[firm]/settings/people/actions.ts sendRenewLink");
  if (!renew) throw new Error("The build has no sendRenewLink");
  const people = "/firms/quickfee/harbour/settings/people";
  const { membershipId } = ids;
  const hidden = closest(formsFor(renew, (await who.owner.get(people)).body), { membershipId });
  await who.owner.post(people, actionForm(renew, { hidden, place: HARBOUR, fields: { membershipId } }));
  const begun = await who.anonymous.post(
    "/pay/quickfee/harbour/choose",
    new URLSearchParams({ link, invoice: ids.invoice }),
  );
  return {
    ...HARBOUR,
    ...ids,
    bankAccountId: accounts.find(({ name }) => name === "Business Bank Account")?.id ?? "",
    postingId: posting?.id ?? "",
    otherPostingId: posting?.spare[0] ?? "",
    thirdPostingId: posting?.spare[1] ?? "",
    breakId: posting?.breakId ?? "",
    letterId: posting?.letterId ?? "",
    apiKeyId: posting?.apiKeyId ?? "",
    requestId: "req_MATRIX2345",
    itemKindId: posting?.itemKindId ?? "",
    tenderId: posting?.tenderId ?? "",
    payoutId: posting?.payoutId ?? "",
    captureId: posting?.captureId ?? "",
    ...ordered,
    ...uploaded,
    flowId: found(/choose\/([0-9a-f-]{36})/, chosen.location),
    passwordToken: found(/sign-in\/password\/([A-Za-z0-9_-]{43})/, await newestPasswordLetter(ground)),
    checkoutToken: found(/checkout\/([A-Za-z0-9_-]{43})/, begun.location),
    link,
    codeKey: found(/value="([\w-]{22})"/, (await who.anonymous.get(`/pay/quickfee/harbour?${link}`)).body),
    spareApp,
    customApp,
    credentials: { email: HARBOUR_OWNER, password: DEMO_PASSWORD },
  };
}

type Ordered = Pick<Facts, "orderId" | "buyerKey" | "buyerContactId" | "writtenOrderId">;

/** An order that is held for its buyer, and one whose invoice is INV-3002. */
async function ordersAt(
  ground: Ground,
  { firmId, connectionId, invoice }: { firmId: string; connectionId: string; invoice: string },
): Promise<Ordered> {
  const [contact] = await ground.query<{ id: string; name: string }>(
    "select contact_id as id, name from contacts where connection_id = $1 and status = 'ACTIVE' and email is not null order by name limit 1",
    [connectionId],
  );
  const buyerKey = "email:oona@quayside.example";
  const line = { kind: "Scones", description: "Scones", quantity: "1", unitPrice: "120.50" };
  const content = (number: string) => ({
    ...{ source: "till", number, currency: "GBP", amounts: "none", lines: [line] },
    buyer: { person: { name: contact?.name, email: "oona@quayside.example" } },
  });
  const fault = { code: "contact-unclear", found: "contact", pointer: "#/buyer/person", subject: buyerKey };
  const posted = {
    ...{ contactId: contact?.id, number: "INV-3002", referenceText: "W-harbour-2 CF-MATRIX0009" },
    ...{ date: "2026-11-01", dueDate: "2026-11-30", status: "AUTHORISED", amounts: "NoTax", url: null },
    lines: [
      {
        ...{ description: "Scones", quantity: "1", unitPrice: "120.50", discountPercent: null },
        ...{ accountCode: "200", taxType: null, taxAmount: null, itemCode: null, tracking: [] },
      },
    ],
    payments: [],
  };
  const [made] = await ground.query<{ orderId: string; writtenOrderId: string }>(
    `with held as (insert into orders (firm_id, connection_id, source, number, revision, date, currency, total_minor, buyer, faults)
       values ($1, $2, 'till', 'W-harbour-1', 0, current_date, 'GBP', 0, 'Oona of orders', $3) returning id)
     , written as (insert into orders (firm_id, connection_id, source, number, revision, date, currency, total_minor, buyer, promised_at)
       values ($1, $2, 'till', 'W-harbour-2', 0, current_date, 'GBP', 12050, 'Oona of orders', now()) returning id)
     , sent as (insert into order_revisions (order_id, firm_id, revision, content_hash, content)
       select id, $1, 0, 'matrix', $4::jsonb from held union all select id, $1, 0, 'matrix', $5::jsonb from written)
     , document as (insert into order_documents (order_id, firm_id, connection_id, kind, revision, currency, total_minor)
       select id, $1, $2, 'invoice', 0, 'GBP', 12050 from written returning id)
     , posting as (insert into postings (firm_id, connection_id, kind, source_id, reference, account_id, currency, date, state, amount_minor, body, xero_id, done_at)
       select $1, $2, 'invoice', id, 'CF-MATRIX0009', '', 'GBP', current_date, 'done', 12050, $6, $7, now() from document)
     select held.id as "orderId", written.id as "writtenOrderId" from held, written`,
    [
      ...[firmId, connectionId, JSON.stringify([{ ...fault, detail: "Nobody knows." }])],
      ...[JSON.stringify(content("W-harbour-1")), JSON.stringify(content("W-harbour-2"))],
      ...[JSON.stringify(posted), invoice],
    ],
  );
  if (!contact || !made) throw new Error("Harbour has no contact that an order could be for");
  return { ...made, buyerKey, buyerContactId: contact.id };
}

/** A file of orders that was not sent yet. */
async function uploadAt(
  ground: Ground,
  staff: Visitor,
  { firmId, connectionId }: { firmId: string; connectionId: string },
): Promise<Pick<Facts, "uploadId" | "uploadSeen">> {
  const [row] = await ground.query<{ uploadId: string }>(
    `insert into order_uploads (firm_id, connection_id, source, content, uploaded_by)
     values ($1, $2, 'upload', $3, (select id from users limit 1)) returning id as "uploadId"`,
    [firmId, connectionId, ORDERS_FILE],
  );
  const uploadId = row?.uploadId ?? "";
  const { body } = await staff.get(`/firms/quickfee/harbour/orders/upload/${uploadId}`);
  return { uploadId, uploadSeen: found(/name="seen" value="([0-9a-f]{64})"/, body) };
}

/** From Connect to the query that Xero sends the browser back with, having allowed two organisations. */
export async function consent(ground: Ground, person: Visitor, place: Place): Promise<string> {
  const { location } = await person.post("/api/xero/connect", new URLSearchParams(place));
  const url = new URL(location);
  url.searchParams.delete("acr_values");
  const request = url.searchParams.toString();
  const post = (path: string, fields: [string, string][], cookie = "") =>
    fetch(new URL(path, url), {
      method: "POST",
      redirect: "manual",
      headers: { cookie },
      body: new URLSearchParams(fields),
    });
  const signedIn = await post("/identity/sign-in", [
    ["request", request],
    ["user", ADA],
  ]);
  const cookie = (signedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const organisations = [
    await ground.simulator.organisation("harbour"),
    await ground.simulator.organisation("lakeview"),
  ];
  const decided = await post(
    "/identity/connect/authorize",
    [
      ["request", request],
      ["decision", "allow"],
      ...organisations.map(({ tenantId }): [string, string] => ["tenant", tenantId]),
    ],
    cookie,
  );
  const back = decided.headers.get("location");
  if (!back) throw new Error(`Xero answered ${decided.status} ${(await decided.text()).slice(-600)}`);
  return new URL(back).search.slice(1);
}

/** The worker e-mails it in a moment. */
async function newestPasswordLetter(ground: Ground): Promise<string> {
  let text = "";
  await expect
    .poll(async () => {
      const letters = await ground.simulator.letters("", "Set a new password");
      text = letters[0]?.text ?? "";
      return text;
    })
    .toContain("/sign-in/password/");
  return text;
}

function found(pattern: RegExp, text: string): string {
  const value = pattern.exec(text)?.[1];
  if (!value) throw new Error(`Nothing like ${pattern} in: ${text.slice(0, 300)}`);
  return value;
}
