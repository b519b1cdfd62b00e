import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { contacts } from "#db/schema/mirror.ts";
import { eraseBuyer } from "#lib/orders/erase-buyer.ts";
import { chooseContact } from "#lib/orders/held/choose-contact.ts";
import { testDb } from "#lib/testing/database.ts";
import { type OrderDesk, openOrderDesk } from "#lib/testing/orders/order-desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { runToIdle } from "#lib/testing/truth/truth.ts";
import { POST as postBatch } from "./batch/route.ts";
import { POST as post } from "./route.ts";

const db = testDb();
const simulator = testSimulator();
let desk: OrderDesk;

beforeAll(async () => {
  desk = await openOrderDesk(db(), simulator());
});

const PERSON = { name: 'Robin "Rob" Vale', email: "robin.vale@clients.example" };

function order(person: { name: string; email: string }) {
  const lines = [{ kind: "Hire", description: "Tower", unitPrice: "40.00" }];
  const number = `E-${randomUUID().slice(0, 8)}`;
  return { source: "till", number, currency: "AUD", amounts: "exclusive", buyer: { person }, lines };
}

type Told = { id: string; buyer: string; state: string; faults: { detail: string }[] };

async function send(handler: typeof post, path: string, body: unknown, key: string) {
  const headers = {
    ...{ authorization: `Bearer ${desk.key}`, "content-type": "application/json" },
    "idempotency-key": key,
  };
  const asked = new Request(`http://localhost/api/v1${path}`, {
    ...{ method: "POST", headers, body: JSON.stringify(body) },
  });
  const answer = await handler(asked, { params: Promise.resolve({}) });
  return { status: answer.status, body: (await answer.json()) as Told };
}

/** What of the API's two memories tells of them. */
async function remembered(): Promise<string[]> {
  const { rows } = await db().execute<{ said: string }>(sql`
    select said from (select body as said from api_replays union all select sent from api_requests
      union all select answered from api_requests) as all_said
    where lower(said) similar to '%(robin| vale)%'`);
  return rows.map(({ said }) => said);
}

test("who bought is erased from the answers that are kept too, and from what was refused; others' stay as they were", async () => {
  const { firmId, connectionId } = desk.books;
  const other = order({ name: "Kim Stone", email: "kim@clients.example" });
  const kim = await send(post, "/orders", other, "key-kim");
  const sure = order({ ...PERSON });
  await send(post, "/orders", sure, "key-sure");
  const some = await db()
    .select()
    .from(contacts)
    .where(and(eq(contacts.connectionId, connectionId), eq(contacts.status, "ACTIVE")))
    .limit(2);
  const twins = some.map(({ contactId }) => contactId);
  await db().update(contacts).set({ email: PERSON.email }).where(inArray(contacts.contactId, twins));
  const unclear = order(PERSON);
  const held = await send(post, "/orders", unclear, "key-held");
  expect(held.body).toMatchObject({
    state: "held",
    faults: [{ detail: expect.stringContaining(PERSON.email) }],
  });
  await send(postBatch, "/orders/batch?onFault=refuse", { orders: [order(PERSON)] }, "key-batch");
  const { id: orderId } = held.body;
  const key = `email:${PERSON.email}`;
  await chooseContact(db(), desk.caller, { orderId, key, contactId: twins[0] ?? "" });
  await runToIdle(db());

  expect((await remembered()).length).toBe(3);
  expect(await eraseBuyer(db(), firmId, PERSON.email)).toEqual({ orders: 2, waiting: 0 });
  expect(await remembered()).toEqual([]);
  expect(await send(post, "/orders", sure, "key-sure")).toMatchObject({
    status: 202,
    body: { buyer: "Erased" },
  });
  expect(await send(post, "/orders", unclear, "key-held")).toMatchObject({
    status: 202,
    body: { id: orderId, buyer: "Erased", faults: [{ detail: "Erased" }] },
  });
  expect(await send(post, "/orders", other, "key-kim")).toEqual(kim);
});
