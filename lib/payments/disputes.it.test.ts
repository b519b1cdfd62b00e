import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { disputes } from "#db/schema/payments.ts";
import { alertDispute } from "#lib/jobs/alert-dispute.ts";
import { listRefused } from "#lib/posting/read.ts";
import { markByHand, retryPostings, revisitRefused } from "#lib/posting/retry.ts";
import { runDuePosting } from "#lib/posting/run-due.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openAt, openDesk } from "#lib/testing/desk.ts";
import { paidByCard, takenByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoiceInXero, runToIdle } from "#lib/testing/truth.ts";
import { listDisputesOf, listOpenDisputes } from "./read-disputes.ts";
import { readDispute, recordDispute } from "./record-dispute.ts";
import { tellXero } from "./tell-xero.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});

type Capture = Awaited<ReturnType<typeof paidByCard>>;

const lever = (what: string, body: object) =>
  simulator().control<{ id: string }>("POST", `/control/stripe/${what}`, body);

/** The bank disputes it; what Stripe tells comes several times. */
async function disputed(capture: Capture, amount?: number) {
  const { id } = await lever("dispute", { payment: capture.objectRef, ...(amount ? { amount } : {}) });
  const told = { processorAccountId: capture.processorAccountId, objectRef: id };
  await Promise.all([readDispute(db(), told), readDispute(db(), told), readDispute(db(), told)]);
  return {
    id,
    told,
    decide: async (answer: "won" | "lost") => {
      await lever("dispute-answer", { dispute: id, answer });
      await Promise.all([readDispute(db(), told), readDispute(db(), told)]);
      await Promise.all([tellXero(db()), tellXero(db())]);
      await runToIdle(db());
    },
  };
}

const due = async (number: string) => (await invoiceInXero(simulator(), desk.tenantId, number)).amountDue;
const statesOf = async (capture: Capture) =>
  (await listDisputesOf(db(), desk.caller.firm, capture.id)).map(({ state }) => state);
const removals = async () =>
  (await db().execute(sql`select state from postings where kind = 'removal'`)).rows.map(({ state }) => state);

describe("a payment that a client's bank takes back", () => {
  test("open, it waits for staff with its deadline, and Xero stays as it is; won, nothing has changed", async () => {
    const capture = await paidByCard(desk);
    const { decide } = await disputed(capture);
    expect(await listOpenDisputes(db(), desk.caller.firm)).toMatchObject([
      { captureId: capture.id, amountMinor: 10_000n, dueBy: expect.any(Date) },
    ]);
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(0);
    await decide("won");
    expect(await statesOf(capture)).toEqual(["won"]);
    expect(await listOpenDisputes(db(), desk.caller.firm)).toEqual([]);
    expect(await due("INV-2017")).toBe(0);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("what was heard before the bank decided, and comes after, changes nothing", async () => {
    const capture = await paidByCard(desk);
    const { id, decide } = await disputed(capture);
    await decide("won");
    await recordDispute(db(), capture.processorAccountId, {
      ...{ disputeRef: id, objectRef: capture.objectRef, amountMinor: 10_000n, currency: "AUD" },
      ...{ state: "open", reason: "fraudulent", dueBy: null, createdAt: new Date() },
    });
    expect(await statesOf(capture)).toEqual(["won"]);
  });

  test("lost: the payment is taken off in Xero once, and its invoice is owed and can be paid again", async () => {
    const capture = await paidByCard(desk);
    const { decide } = await disputed(capture);
    await decide("lost");
    expect(await statesOf(capture)).toEqual(["lost"]);
    expect(await removals()).toEqual(["done"]);
    expect(await due("INV-2017")).toBe(10_000);
    expect(await openAt(desk, { number: "INV-2017", amount: "100.00" })).toMatchObject({
      kind: "open",
      lines: expect.arrayContaining([
        expect.objectContaining({ number: "INV-2017", payableMinor: 10_000n, why: null }),
      ]),
    });
  });

  test("lost, of several invoices: the whole batch is taken off, also when Xero's answer is lost on the way", async () => {
    const capture = await paidByCard(desk, 2);
    const { decide } = await disputed(capture);
    await simulator().control("POST", "/control/faults", {
      ...{ method: "POST", path: "/api.xro/2.0/BatchPayments/*", times: 1, effect: { kind: "cut-after" } },
    });
    await decide("lost");
    await simulator().control("DELETE", "/control/faults");
    await runToIdle(db());
    expect([await due("INV-2017"), await due("INV-2013")]).toEqual([10_000, 10_000]);
    expect((await removals()).every((state) => state === "done")).toBe(true);
  });

  test("lost, and Xero says OK to taking it off and nothing else: that is not believed", async () => {
    const capture = await paidByCard(desk);
    const { decide } = await disputed(capture);
    await simulator().control("POST", "/control/faults", {
      ...{ method: "POST", path: "/api.xro/2.0/Payments/*", times: 1 },
      effect: {
        ...{ kind: "status", status: 200, body: '{"Payments":[]}' },
        headers: { "content-type": "application/json" },
      },
    });
    await decide("lost");
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(10_000);
  });

  test("lost before Xero has the payment: it is written first, then taken off", async () => {
    const capture = await takenByCard(desk);
    const before = (await removals()).length;
    const { id, told } = await disputed(capture);
    await lever("dispute-answer", { dispute: id, answer: "lost" });
    await readDispute(db(), told);
    await tellXero(db());
    expect(await removals()).toHaveLength(before);
    await runToIdle(db());
    await Promise.all([tellXero(db()), tellXero(db())]);
    expect(await removals()).toHaveLength(before + 1);
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(10_000);
  });

  test("reconciled in Xero: Xero refuses, and a person takes it off", async () => {
    const capture = await paidByCard(desk);
    const { payments } = await simulator().control<{
      payments: { id: string; invoiceId: string; status: string }[];
    }>("GET", "/control/xero/payments?status=AUTHORISED");
    const { id: invoiceId } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
    const last = payments.filter((one) => one.invoiceId === invoiceId).at(-1);
    await simulator().control("POST", "/control/xero/reconcile", {
      tenantId: desk.tenantId,
      paymentId: last?.id,
    });
    await (await disputed(capture)).decide("lost");
    const { rows } = await db().execute(
      sql`select state, message from postings where kind = 'removal' order by created_at desc limit 1`,
    );
    expect(rows).toMatchObject([{ state: "refused", message: expect.stringContaining("reconciled") }]);
    await simulator().control("POST", "/control/xero/reconcile", {
      ...{ tenantId: desk.tenantId, paymentId: last?.id, isReconciled: false },
    });
    await db().execute(
      sql`update postings set state = 'unknown', empty_looks = 1, due_at = now() where state = 'refused'`,
    );
    while (await runDuePosting(db()));
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(10_000);
  });

  test("lost in part: Xero can take off no part of a payment, so it is on the to-do list once, until it is done by hand", async () => {
    const capture = await paidByCard(desk);
    const before = (await removals()).length;
    await (await disputed(capture, 2_500)).decide("lost");
    expect(await removals()).toHaveLength(before);
    expect(await due("INV-2017")).toBe(0);
    const [chore, ...more] = await listRefused(db(), desk.caller.firm);
    expect(more).toEqual([]);
    expect(chore).toMatchObject({ kind: "chore", cause: "chore", totalMinor: 2_500n, targetId: capture.id });
    expect(chore?.message).toContain("Enter a credit note of A$25.00");
    const { postingId } = chore ?? { postingId: "" };
    await expect(retryPostings(db(), desk.caller, [postingId])).rejects.toThrow("not waiting any more");
    await db().execute(sql`update postings set due_at = now() - interval '1 day' where kind = 'chore'`);
    await revisitRefused(db());
    await runToIdle(db());
    expect(await listRefused(db(), desk.caller.firm)).toHaveLength(1);
    await markByHand(db(), desk.caller, { postingId, note: "Credit note CN-7 entered" });
    expect(await listRefused(db(), desk.caller.firm)).toEqual([]);
  });

  test("staff get one letter when it comes and one when it is decided", async () => {
    const capture = await paidByCard(desk);
    const { decide } = await disputed(capture);
    const [dispute] = await db().select().from(disputes).where(eq(disputes.captureId, capture.id));
    const tell = (state: "open" | "lost") => alertDispute(db(), { disputeId: dispute?.id ?? "", state });
    await tell("open");
    await tell("open");
    await decide("lost");
    await tell("lost");
    const { messages } = await simulator().control<{ messages: { subject: string; text: string }[] }>(
      "GET",
      "/control/mail?subject=dispute",
    );
    expect(messages.map(({ subject }) => subject)).toEqual([
      expect.stringContaining("The dispute over A$100.00 is lost."),
      expect.stringContaining("A client's bank disputes a payment of A$100.00."),
    ]);
    expect(messages[1]?.text).toContain("Answer in Stripe by");
  });
});
