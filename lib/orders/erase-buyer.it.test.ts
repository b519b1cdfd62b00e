import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { contacts } from "#db/schema/mirror.ts";
import { verifyTimeline } from "#lib/audit/verify.ts";
import { testDb } from "#lib/testing/database.ts";
import { type OrderDesk, openOrderDesk } from "#lib/testing/orders/order-desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { runToIdle } from "#lib/testing/truth/truth.ts";
import { type Accepted, acceptOrders } from "./accept/accept-orders.ts";
import { eraseBuyer } from "./erase-buyer.ts";
import { chooseContact, unclearPersons } from "./held/choose-contact.ts";
import { readOrderForStaff } from "./staff/read-for-staff.ts";

const db = testDb();
const simulator = testSimulator();
let desk: OrderDesk;

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
});

const EMAIL = "robin.vale@clients.example";
const order = (more = {}) => ({
  ...{ source: "till", number: `W-${randomUUID().slice(0, 8)}`, currency: "AUD", amounts: "exclusive" },
  buyer: { person: { name: "Robin Vale", email: EMAIL } },
  lines: [{ kind: "Hire", description: "Tower", unitPrice: "40.00" }],
  ...more,
});

async function take(sent: object): Promise<Accepted | undefined> {
  const sender = { ...desk.books, apiKeyId: null, actor: "worker" as const };
  const [one] = await acceptOrders(db(), sender, [sent], { mode: "each", onFault: "hold" });
  return one;
}

/** In which tables the name or the e-mail stands; the mirror is Xero's, and follows what is changed there. */
async function found(): Promise<string[]> {
  const { rows: tables } = await db().execute<{ name: string }>(sql`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema in ('public', 'queue') and table_name not in ('contacts', 'invoices')`);
  const places = [];
  for (const { name } of tables) {
    const { rows } = await db().execute(
      sql`select 1 from ${sql.raw(name)} as line where lower(line::text) similar to '%(robin vale|robin.vale@)%' limit 1`,
    );
    if (rows.length > 0) places.push(name);
  }
  return places;
}

test("who bought is erased once their orders are in Xero, and the same order is still the same", async () => {
  const { firmId } = desk.books;
  const sent = order();
  await take(sent);
  expect(await eraseBuyer(db(), firmId, EMAIL)).toEqual({ orders: 0, waiting: 1 });
  await runToIdle(db());
  expect((await found()).length).toBeGreaterThan(2);
  expect(await eraseBuyer(db(), firmId, EMAIL.toUpperCase())).toEqual({ orders: 1, waiting: 0 });
  expect(await found()).toEqual([]);
  expect(await take(sent)).toMatchObject({ kind: "taken", outcome: "same" });
  expect((await verifyTimeline(db())).filter(({ state }) => state === "broken")).toEqual([]);
  expect(await eraseBuyer(db(), firmId, EMAIL)).toEqual({ orders: 0, waiting: 0 });
});

test("so is what Xero and staff have said of a contact that could not be made", async () => {
  const { firmId } = desk.books;
  const named = eq(contacts.name, "Robin Vale");
  const [mirrored] = await db().select().from(contacts).where(named);
  if (!mirrored) throw new Error("The contact is not in the mirror");
  // The name is taken in Xero, and the mirror has not heard of it yet.
  await db().delete(contacts).where(named);
  const email = "robin.vale@elsewhere.example";
  const taken = await take(order({ buyer: { person: { name: "Robin Vale", email } } }));
  const orderId = taken?.kind === "taken" ? taken.orderId : "";
  await runToIdle(db());
  await db().insert(contacts).values(mirrored);
  const story = await readOrderForStaff(db(), desk.caller.firm, orderId);
  const [unclear] = story ? await unclearPersons(db(), desk.caller.firm, story) : [];
  expect(unclear?.detail).toContain("already assigned");
  const choice = { orderId, key: unclear?.key ?? "", contactId: mirrored.contactId };
  await chooseContact(db(), desk.caller, choice);
  await runToIdle(db());
  expect(await found()).toEqual(expect.arrayContaining(["public.audit_events", "public.postings"]));
  expect(await eraseBuyer(db(), firmId, email)).toEqual({ orders: 1, waiting: 0 });
  expect(await found()).toEqual([]);
  expect((await verifyTimeline(db())).filter(({ state }) => state === "broken")).toEqual([]);
});
