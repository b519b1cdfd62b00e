import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openAt, openDesk, payAtStripe } from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoiceInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { findByIds } from "./read.ts";
import { readChanges } from "./sync/delta.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;
let id: string;
let otherId: string;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  id = (await invoiceInXero(simulator(), desk.tenantId, "INV-2017")).id;
  const { contacts } = await simulator().control<{
    contacts: { id: string; name: string; status: string }[];
  }>("GET", `/control/xero/contacts?tenantId=${desk.tenantId}&status=ACTIVE`);
  const bayside = contacts.find(({ name }) => name === "Bayside Club");
  otherId = contacts.find((one) => one.id !== bayside?.id)?.id ?? "";
});

const mirrored = async () => (await findByIds(db(), desk.books.connectionId, [id]))[0];
const turn = async (kind: string) => {
  await db().execute(sql`update sync_cursors set due_at = now() + interval '1 hour'`);
  await db().execute(sql`update sync_cursors set due_at = now() - interval '1 second' where kind = ${kind}`);
  await readChanges(db(), desk.books);
};
const numbersAt = async (number: string, amount: string) => {
  const opened = await openAt(desk, { number, amount });
  return opened.kind === "open" ? opened.lines.map((line) => line.number) : opened.kind;
};

describe("staff move a part-paid invoice to another client and renumber it, and no webhook comes", () => {
  beforeAll(async () => {
    expect(await numbersAt("INV-2013", "1010.00")).toContain("INV-2017");
    await simulator().control("POST", "/control/xero/invoice", {
      ...{ tenantId: desk.tenantId, invoice: id, contact: otherId, number: "INV-2017-B" },
      ...{ dueDate: "2027-03-31", reference: "PO 7" },
    });
  });

  test("no reading of changes shows it; its own turn does, at one call", async () => {
    await turn("invoices");
    expect(await mirrored()).toMatchObject({ number: "INV-2017" });
    const { lastSeq } = await simulator().control<{ lastSeq: number }>(
      "GET",
      "/control/journal?kind=xero.call&limit=100000",
    );
    await turn("part_paid");
    expect(await mirrored()).toMatchObject({
      ...{ number: "INV-2017-B", contactId: otherId, dueDate: "2027-03-31", dueMinor: 20_000n },
    });
    const { entries } = await simulator().control<{ entries: object[] }>(
      "GET",
      `/control/journal?kind=xero.call&after=${lastSeq}`,
    );
    expect(entries).toHaveLength(1);
  });

  test("the old client's link shows it no more, the old number opens nothing, the new one nothing of the old client's", async () => {
    expect(await numbersAt("INV-2013", "1010.00")).not.toContain("INV-2017-B");
    expect(await numbersAt("INV-2017", "200.00")).toBe("cant_open");
    const theirs = await numbersAt("INV-2017-B", "200.00");
    expect(theirs).toContain("INV-2017-B");
    expect(theirs).not.toContain("INV-2013");
  });
});

test("an invoice that is moved while it is being paid stays held for everybody, and is paid once", async () => {
  const token = await begin(desk, { number: "INV-2013", amount: "1010.00" });
  await commit(desk, token);
  const attempt = await attemptOf(desk, token);
  const { id: heldId } = await invoiceInXero(simulator(), desk.tenantId, "INV-2013");
  await simulator().control("POST", "/control/xero/invoice", {
    ...{ tenantId: desk.tenantId, invoice: heldId, contact: otherId, number: "INV-2013-B" },
  });
  await turn("invoices");
  const opened = await openAt(desk, { number: "INV-2013-B", amount: "1010.00" });
  const line = opened.kind === "open" ? opened.lines.find((one) => one.invoiceId === heldId) : undefined;
  expect(line?.why).not.toBeNull();
  await payAtStripe(desk, attempt.sessionRef ?? "");
  await settleAttempt(db(), attempt.id);
  await runToIdle(db());
  expect(await breaks(db(), simulator())).toEqual([]);
  expect(await invoiceInXero(simulator(), desk.tenantId, "INV-2013-B")).toMatchObject({
    ...{ status: "PAID", contactId: otherId },
  });
});
