import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { orderDocuments, orders } from "#db/schema/orders.ts";
import { postings } from "#db/schema/posting.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { ORDER_STATES, type OrderState } from "./order-state.ts";
import { listOrders } from "./read.ts";
import { countHeld } from "./staff/read-for-staff.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator(), { backfill: false });
});

type State = (typeof postings.$inferSelect)["state"];
const STATES: State[] = ["ready", "sending", "unknown", "done", "refused", "by_hand"];
const KINDS = ["invoice", "purchase_order"] as const;
const ROWS = ["promised", "held", "cancelled"] as const;

type Step = Pick<typeof postings.$inferInsert, "kind" | "state">;

/** An order with documents in these states, and what follows the first of them. */
async function plant(row: (typeof ROWS)[number], documents: State[], steps: Step[] = []): Promise<string> {
  const { books } = desk;
  const id = randomUUID();
  const fault = { code: "kind-unmapped", found: "mapping", subject: "Hire", pointer: "#", detail: "" };
  await db()
    .insert(orders)
    .values({
      ...{ ...books, id, source: "till", number: id, revision: 0, date: "2026-11-30", currency: "AUD" },
      ...{ totalMinor: 100n, buyer: "Robin" },
      faults: row === "held" ? [fault] : null,
      cancelledAt: row === "cancelled" ? new Date() : null,
    });
  for (const [at, state] of documents.entries()) {
    const documentId = randomUUID();
    const kind = KINDS[at] ?? "invoice";
    await db()
      .insert(orderDocuments)
      .values({
        ...books,
        id: documentId,
        orderId: id,
        kind,
        revision: 0,
        currency: "AUD",
        totalMinor: 100n,
      });
    await db().insert(postings).values(postingOf(documentId, { kind, state }));
    for (const step of at === 0 ? steps : [])
      await db()
        .insert(postings)
        .values({ ...postingOf(documentId, step), targetId: randomUUID() });
  }
  return id;
}

function postingOf(sourceId: string, { kind, state = "ready" }: Step) {
  return {
    ...{ ...desk.books, sourceId, kind, state, accountId: "", currency: "AUD", amountMinor: 100n },
    ...{ date: "2026-11-30", reference: `CF-${randomUUID()}`, body: {} },
    ...(state === "done" ? { xeroId: randomUUID(), doneAt: new Date() } : {}),
    ...(state === "sending" ? { leaseUntil: new Date(Date.now() + 3_600_000) } : {}),
  };
}

test("the list of each state has just the orders whose page says it, whatever their documents are", async () => {
  const { firmId } = desk.books;
  const documents = [[], ...STATES.flatMap((one) => [[one], ...STATES.map((other) => [one, other])])];
  for (const row of ROWS) for (const states of documents) await plant(row, states);
  const followed = STATES.flatMap((state) =>
    (["removal", "allocation"] as const).map((kind): Step => ({ kind, state })),
  );
  for (const row of ROWS) for (const step of followed) await plant(row, ["done", "ready"], [step]);
  const limit = 1_000;
  const all = await listOrders(db(), firmId, { limit });
  expect(all.length).toBe(ROWS.length * (documents.length + followed.length));
  const said = Map.groupBy(all, ({ state }) => state);
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).toSorted();
  for (const state of ORDER_STATES) {
    const listed = await listOrders(db(), firmId, { state, limit });
    expect([state, idsOf(listed)]).toEqual([state, idsOf(said.get(state) ?? [])]);
    expect(listed.length).toBeGreaterThan(0);
  }
  expect(await countHeld(db(), desk.caller.firm)).toBe(said.get("held")?.length);
});

test.each<[OrderState, State[]]>([
  ["refused", ["refused", "unknown"]],
  ["checking", ["unknown", "sending"]],
  ["sending", ["sending", "ready"]],
  ["queued", ["ready", "done"]],
  ["written", ["done", "by_hand"]],
])("%s: of several documents the one that is furthest from being done tells", async (state, documents) => {
  const id = await plant("promised", documents);
  const listed = await listOrders(db(), desk.books.firmId, { state, number: id, limit: 10 });
  expect(listed).toMatchObject([{ id, state }]);
});

test("what Xero refuses to void makes an order refused, also one that was cancelled", async () => {
  for (const row of ["promised", "cancelled"] as const) {
    const id = await plant(row, ["done"], [{ kind: "removal", state: "refused" }]);
    const { firmId } = desk.books;
    expect(await listOrders(db(), firmId, { state: "refused", number: id, limit: 2 })).toMatchObject([
      { id, state: "refused" },
    ]);
    expect(await listOrders(db(), firmId, { state: "cancelled", number: id, limit: 2 })).toEqual([]);
  }
});
