import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postings } from "#db/schema/posting.ts";
import { processorEvents } from "#db/schema/processor.ts";
import { refunds } from "#db/schema/refunds-and-disputes.ts";
import { sendRefundLetter } from "#lib/checkout/letters/send-refund.ts";
import { listRefused, listUnreflected } from "#lib/posting/read.ts";
import { retryPostings } from "#lib/posting/retry.ts";
import { runDuePosting } from "#lib/posting/sending/run-due.ts";
import { listLines } from "#lib/posting/store.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openDesk } from "#lib/testing/desk.ts";
import { waitingForLocks } from "#lib/testing/locks.ts";
import { breaksInTheEnd, paidByCard, takenByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { creditNotesOf } from "#lib/testing/truth/refund-truth.ts";
import { breaks, invoiceInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { cancelAttempt } from "../attempts/settle-attempt.ts";
import { readDispute } from "../disputes/record-dispute.ts";
import { postRefundsAndDisputes } from "../post-refunds-and-disputes.ts";
import { processEvents } from "../process-events.ts";
import { listRefundsOf } from "./read-refund.ts";
import { recordRefund } from "./record-refund.ts";
import { readRefund } from "./settle-refund.ts";
import { startRefund } from "./start-refund.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
});

const paid = (invoices: 1 | 2 = 1) => paidByCard(desk, invoices);
const giveBack = (captureId: string, amountMinor: bigint) =>
  startRefund(db(), desk.caller, {
    refundId: randomUUID(),
    captureId,
    amountMinor,
    note: "Asked for by phone",
  });

const statesOf = async (captureId: string) =>
  (await listRefundsOf(db(), desk.caller.firm, captureId)).map(({ state, amountMinor }) => ({
    state,
    amountMinor,
  }));

const allAgree = async () => expect(await breaksInTheEnd(desk)).toEqual([]);

/** The credit notes that Xero has more than before. */
async function creditedBy(work: () => Promise<unknown>) {
  const before = new Set((await creditNotesOf(simulator(), desk.tenantId)).map(({ id }) => id));
  await work();
  await postRefundsAndDisputes(db());
  await runToIdle(db());
  return (await creditNotesOf(simulator(), desk.tenantId)).filter(({ id }) => !before.has(id));
}

const inDashboard = (payment: string, amount: number) =>
  simulator().control<{ id: string }>("POST", "/control/stripe/refund", { payment, amount });
const fault = (path: string, effect: object, times = 1) =>
  simulator().control("POST", "/control/faults", { method: "POST", path, times, effect });
const refusal = {
  kind: "status",
  status: 400,
  body: JSON.stringify({ error: { type: "invalid_request_error", message: "Not enough in your balance." } }),
  headers: { "content-type": "application/json" },
};
const lettersToStaff = async (captureId: string) =>
  (
    await db().execute(sql`select 1 from queue.job join refunds on refunds.id::text = data->>'refundId'
      where name = 'payments.refund-failed' and capture_id = ${captureId}`)
  ).rowCount;

describe("money that goes back", () => {
  test("is a credit note with the invoice's accounts and tax, paid out once; and the payer gets one letter", async () => {
    const capture = await paid();
    const credited = await creditedBy(() => giveBack(capture.id, 4_000n));
    expect(credited).toMatchObject([{ total: 4_000, remainingCredit: 0 }]);
    expect(credited[0]?.lines.every(({ taxType, accountId }) => taxType && accountId)).toBe(true);
    const [refund] = await db().select().from(refunds).where(eq(refunds.captureId, capture.id));
    await sendRefundLetter(db(), refund?.id ?? "");
    await sendRefundLetter(db(), refund?.id ?? "");
    const { messages } = await simulator().control<{ messages: { text: string; subject: string }[] }>(
      "GET",
      "/control/mail?subject=Refund",
    );
    expect(messages).toHaveLength(1);
    expect(messages[0]?.subject).toContain("A$40.00");
    expect(messages[0]?.text).toContain("INV-2017");
    await allAgree();
  });

  test("of several invoices is a credit note for each, in proportion, to the cent", async () => {
    const capture = await paid(2);
    const credited = await creditedBy(() => giveBack(capture.id, 3_333n));
    expect(credited.map(({ total }) => total).sort()).toEqual([1_666, 1_667]);
    expect(await creditedBy(() => giveBack(capture.id, 16_667n))).toHaveLength(2);
    await expect(giveBack(capture.id, 1n)).rejects.toThrow("Nothing of this payment is left to refund.");
    await allAgree();
  });

  test("M10: is never more than arrived, however many ask at once", async () => {
    const capture = await paid();
    const asked = await Promise.allSettled([
      ...Array.from({ length: 6 }, () => giveBack(capture.id, 3_000n)),
      inDashboard(capture.objectRef, 5_000),
    ]);
    expect(asked.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    for (const one of asked)
      if (one.status === "fulfilled" && typeof one.value === "object")
        await readRefund(db(), { processorAccountId: capture.processorAccountId, objectRef: one.value.id });
    await allAgree();
  });

  test("M10: two who ask at once for more than there is: one gets it, the other is told so here, not by Stripe", async () => {
    const capture = await paid();
    const asked = await Promise.allSettled(Array.from({ length: 4 }, () => giveBack(capture.id, 6_000n)));
    const refusals = asked.flatMap((one) => (one.status === "rejected" ? [String(one.reason.message)] : []));
    expect(refusals).toEqual(Array.from({ length: 3 }, () => "At most A$40.00 can be refunded."));
    await allAgree();
  });

  test("looked over before another refund went is not sent: two people would give back twice what each meant to", async () => {
    const capture = await paid();
    const looked = (amountMinor: bigint) =>
      startRefund(db(), desk.caller, {
        ...{ refundId: randomUUID(), captureId: capture.id, amountMinor, note: "Asked for by phone" },
        seenLeftMinor: 10_000n,
      });
    expect(await looked(2_000n)).toBe("succeeded");
    await expect(looked(2_000n)).rejects.toThrow("A$80.00 of it is left. Nothing more was refunded.");
    expect(await statesOf(capture.id)).toEqual([{ state: "succeeded", amountMinor: 2_000n }]);
    await allAgree();
  });

  test("looked over once and sent twice is refunded once", async () => {
    const { id } = await paid();
    const asked = { refundId: randomUUID(), captureId: id, amountMinor: 1_000n, note: "Charged twice" };
    const notes = await creditedBy(async () => {
      const sent = await Promise.allSettled([1, 2].map(() => startRefund(db(), desk.caller, asked)));
      expect(sent.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    });
    expect(notes.map(({ total }) => total)).toEqual([1_000]);
    await expect(startRefund(db(), desk.caller, asked)).rejects.toThrow("Nothing more was refunded");
    expect(await statesOf(id)).toEqual([{ state: "succeeded", amountMinor: 1_000n }]);
  });

  test("is not sent while the client's bank disputes the payment: Stripe holds that money already", async () => {
    const capture = await paid();
    const dispute = await simulator().control<{ id: string }>("POST", "/control/stripe/dispute", {
      payment: capture.objectRef,
    });
    const { processorAccountId } = capture;
    await readDispute(db(), { processorAccountId, objectRef: dispute.id });
    await expect(giveBack(capture.id, 1_000n)).rejects.toThrow("disputes this payment");
    expect(await statesOf(capture.id)).toEqual([]);
  });

  test("made in Stripe's own dashboard is written to Xero too, once, whoever tells of it and how often", async () => {
    const capture = await paid(2);
    const { id } = await inDashboard(capture.objectRef, 5_001);
    const told = { processorAccountId: capture.processorAccountId, objectRef: id };
    const credited = await creditedBy(() =>
      Promise.all(Array.from({ length: 5 }, () => readRefund(db(), told))),
    );
    expect(credited.map(({ total }) => total).sort()).toEqual([2_500, 2_501]);
    expect(await statesOf(capture.id)).toEqual([{ state: "succeeded", amountMinor: 5_001n }]);
    await allAgree();
  });

  test("Stripe says no: nothing moved, staff read why, and it can be asked for again", async () => {
    const capture = await paid();
    await fault("/v1/refunds", refusal);
    await expect(giveBack(capture.id, 10_000n)).rejects.toThrow(
      "Not enough in your balance. No money was moved.",
    );
    expect(await statesOf(capture.id)).toEqual([{ state: "failed", amountMinor: 10_000n }]);
    expect(await lettersToStaff(capture.id), "who has just read it gets no letter").toBe(0);
    expect(await giveBack(capture.id, 10_000n)).toBe("succeeded");
    await allAgree();
  });

  test.each([
    ["it never hears us", "cut-before"],
    ["its answer is lost", "cut-after"],
  ])("%s: staff are told that it is under way, and it goes back once", async (_, kind) => {
    const capture = await paid();
    await fault("/v1/refunds", { kind }, 3);
    expect(await giveBack(capture.id, 2_500n)).toBe("asked");
    await simulator().control("DELETE", "/control/faults");
    await allAgree();
    expect(await statesOf(capture.id)).toEqual([{ state: "succeeded", amountMinor: 2_500n }]);
  });

  test("Stripe says no only after staff were told that it is under way: they get a letter", async () => {
    const capture = await paid();
    await fault("/v1/refunds", { kind: "cut-before" }, 3);
    expect(await giveBack(capture.id, 2_500n)).toBe("asked");
    await simulator().control("DELETE", "/control/faults");
    await fault("/v1/refunds", refusal);
    await allAgree();
    expect(await statesOf(capture.id)).toEqual([{ state: "failed", amountMinor: 2_500n }]);
    expect(await lettersToStaff(capture.id)).toBe(1);
  });

  test("an event of something that Stripe doesn't know keeps nobody from the next one", async () => {
    const capture = await paid();
    const { id } = await inDashboard(capture.objectRef, 1_000);
    const { firmId, processorAccountId: accountId } = capture;
    await db()
      .insert(processorEvents)
      .values([
        { firmId, accountId, eventRef: "evt_1", type: "refund.updated", objectRef: "re_nothing" },
        { firmId, accountId, eventRef: "evt_2", type: "charge.dispute.closed", objectRef: "dp_nothing" },
        { firmId, accountId, eventRef: "evt_3", type: "refund.updated", objectRef: id },
      ]);
    await processEvents(db(), accountId);
    expect(await statesOf(capture.id)).toEqual([{ state: "succeeded", amountMinor: 1_000n }]);
    await allAgree();
  });

  test("what was heard before it went back, and comes after, changes nothing", async () => {
    const capture = await paid();
    const { id } = await inDashboard(capture.objectRef, 1_000);
    const told = { processorAccountId: capture.processorAccountId, objectRef: id };
    await readRefund(db(), told);
    await recordRefund(db(), capture.processorAccountId, {
      ...{
        refundRef: id,
        objectRef: capture.objectRef,
        refundId: null,
        amountMinor: 1_000n,
        currency: "AUD",
      },
      ...{ state: "pending", createdAt: new Date() },
    });
    expect(await statesOf(capture.id)).toEqual([{ state: "succeeded", amountMinor: 1_000n }]);
    await readRefund(db(), told);
    await allAgree();
  });

  test("the bank refuses it at once: staff are told so, and may try again", async () => {
    const capture = await paid();
    await fault("/v1/refunds", {
      kind: "status",
      status: 200,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        ...{ id: "re_refused", object: "refund", status: "failed", amount: 900, currency: "aud" },
        ...{ payment_intent: capture.objectRef, created: 1_795_000_000, metadata: {} },
      }),
    });
    await expect(giveBack(capture.id, 900n)).rejects.toThrow("The payer's bank did not take it.");
    expect(await giveBack(capture.id, 10_000n)).toBe("succeeded");
    await allAgree();
  });

  test("a connection that may not write credit notes goes on taking payments; the refund is written once it may", async () => {
    const capture = await paid();
    await simulator().control("POST", "/control/faults", {
      ...{ method: "PUT", path: "/api.xro/2.0/CreditNotes" },
      effect: {
        kind: "status",
        status: 401,
        headers: { "www-authenticate": 'Bearer error="insufficient_scope"' },
      },
    });
    await giveBack(capture.id, 500n);
    await postRefundsAndDisputes(db());
    while (await runDuePosting(db()));
    await owe100(desk);
    const token = await begin(desk, { number: "INV-2017", amount: "100.00" });
    expect(await commit(desk, token)).toMatchObject({ kind: "pay" });
    await cancelAttempt(db(), (await attemptOf(desk, token)).id);
    await simulator().control("DELETE", "/control/faults");
    await allAgree();
  });

  test("Xero loses the answer to each of the two documents: there is one of each", async () => {
    const capture = await paid();
    await fault("/api.xro/2.0/CreditNotes", { kind: "cut-after" });
    await simulator().control("POST", "/control/faults", {
      ...{ method: "PUT", path: "/api.xro/2.0/CreditNotes", times: 1, effect: { kind: "cut-after" } },
    });
    await fault("/api.xro/2.0/Payments", { kind: "cut-after" });
    expect(await creditedBy(() => giveBack(capture.id, 7_000n))).toHaveLength(1);
    await simulator().control("DELETE", "/control/faults");
    await allAgree();
  });
});

describe("money that goes back before Xero has it", () => {
  /** Paid by card; Xero has not been told yet. */
  async function taken(invoices: 1 | 2 = 1) {
    const capture = await takenByCard(desk, invoices);
    const posting = async () =>
      (await db().select().from(postings).where(eq(postings.sourceId, capture.id))).map(({ state }) => state);
    return { capture, posting };
  }

  /** Staff enter another payment of this invoice in Xero: ours is too much there. */
  const paidElsewhere = async (number: string, amount: string) =>
    simulator().control("POST", "/control/xero/pay", {
      tenantId: desk.tenantId,
      invoice: (await invoiceInXero(simulator(), desk.tenantId, number)).id,
      amount,
      account: desk.clearingAccountId,
    });

  const due = async (number: string) => (await invoiceInXero(simulator(), desk.tenantId, number)).amountDue;

  test("on its way there: the payment is written first, then the credit note", async () => {
    const { capture, posting } = await taken();
    await giveBack(capture.id, 10_000n);
    await postRefundsAndDisputes(db());
    expect(await posting()).toEqual(["ready"]);
    expect(await creditedBy(() => breaksInTheEnd(desk))).toMatchObject([
      { total: 10_000, remainingCredit: 0 },
    ]);
    await allAgree();
  });

  test("refused, and all of it goes back: nothing is ever written, and nothing waits", async () => {
    const { capture, posting } = await taken();
    await paidElsewhere("INV-2017", "100.00");
    await runToIdle(db());
    expect(await posting()).toEqual(["refused"]);
    expect(await creditedBy(() => giveBack(capture.id, 10_000n))).toEqual([]);
    expect(await posting()).toEqual(["by_hand"]);
    expect(
      await listUnreflected(db(), desk.books.connectionId, [
        (await invoiceInXero(simulator(), desk.tenantId, "INV-2017")).id,
      ]),
    ).toEqual([]);
    expect(await due("INV-2017")).toBe(0);
  });

  test("refused, and what is too much goes back: the rest is written", async () => {
    const { capture, posting } = await taken();
    await paidElsewhere("INV-2017", "40.00");
    await runToIdle(db());
    expect(await posting()).toEqual(["refused"]);
    expect(await creditedBy(() => giveBack(capture.id, 4_000n))).toEqual([]);
    expect(await posting()).toEqual(["done"]);
    expect(await due("INV-2017")).toBe(0);
  });

  test("refused, of several invoices: each is lessened by its share, to the cent", async () => {
    const { capture, posting } = await taken(2);
    await paidElsewhere("INV-2017", "0.50");
    await paidElsewhere("INV-2013", "0.50");
    await runToIdle(db());
    expect(await posting()).toEqual(["refused"]);
    expect(await creditedBy(() => giveBack(capture.id, 100n))).toEqual([]);
    expect(await posting()).toEqual(["done"]);
    expect([await due("INV-2017"), await due("INV-2013")]).toEqual([0, 0]);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("refused, and taken up again at the moment of the refund: nothing is decided until that has ended", async () => {
    const { capture, posting } = await taken();
    await paidElsewhere("INV-2017", "40.00");
    await runToIdle(db());
    await giveBack(capture.id, 4_000n);
    const mine = eq(postings.sourceId, capture.id);
    const { telling } = await db().transaction(async (tx) => {
      await tx.update(postings).set({ state: "sending", leaseUntil: sql`now()` }).where(mine);
      const telling = postRefundsAndDisputes(db());
      await expect.poll(() => waitingForLocks(db()), { timeout: 20_000 }).toBe(1);
      return { telling };
    });
    await telling;
    expect(await posting()).toEqual(["sending"]);
    expect(
      await listLines(db(), (await db().select().from(postings).where(mine))[0]?.id ?? ""),
    ).toMatchObject([{ amountMinor: 10_000n }]);
    expect(await creditedBy(async () => {})).toEqual([]);
    await creditedBy(async () => {});
    expect(await posting()).toEqual(["done"]);
    expect(await due("INV-2017")).toBe(0);
  });

  test("refused, and a bank takes it back: it is never written", async () => {
    const { capture, posting } = await taken();
    await paidElsewhere("INV-2017", "100.00");
    await runToIdle(db());
    const { id } = await simulator().control<{ id: string }>("POST", "/control/stripe/dispute", {
      payment: capture.objectRef,
    });
    await simulator().control("POST", "/control/stripe/dispute-answer", { dispute: id, answer: "lost" });
    await readDispute(db(), { processorAccountId: capture.processorAccountId, objectRef: id });
    await postRefundsAndDisputes(db());
    expect(await posting()).toEqual(["by_hand"]);
  });
});

describe("a refund that comes back after it had succeeded", () => {
  const chores = async () =>
    (await listRefused(db(), desk.caller.firm)).filter(({ kind }) => kind === "chore");
  /** The payer's bank returns it; Stripe tells several times. */
  async function comesBack(capture: { id: string; processorAccountId: string }) {
    const [refund] = await db()
      .select()
      .from(refunds)
      .where(and(eq(refunds.captureId, capture.id), eq(refunds.state, "succeeded")));
    const objectRef = refund?.objectRef ?? "";
    await simulator().control("POST", "/control/stripe/refund-answer", {
      refund: objectRef,
      answer: "lost_or_stolen_card",
    });
    const told = { processorAccountId: capture.processorAccountId, objectRef };
    await Promise.all([readRefund(db(), told), readRefund(db(), told), readRefund(db(), told)]);
  }
  async function see() {
    for (let turn = 0; turn < 4; turn += 1) {
      await Promise.all([postRefundsAndDisputes(db()), postRefundsAndDisputes(db())]);
      await runToIdle(db());
    }
  }

  test("is taken off in Xero, told to staff once, and can be given back again", async () => {
    const capture = await paid(2);
    const before = (await chores()).length;
    const credited = await creditedBy(() => giveBack(capture.id, 4_000n));
    expect(credited).toHaveLength(2);
    await comesBack(capture);
    await see();
    const left = (await creditNotesOf(simulator(), desk.tenantId)).map(({ id }) => id);
    for (const { id } of credited) expect(left).not.toContain(id);
    const [chore, ...more] = (await chores()).slice(before);
    expect(more).toEqual([]);
    expect(chore).toMatchObject({ totalMinor: 4_000n, targetId: capture.id });
    expect(chore?.message).toContain("A$40.00 came back from the client's bank");
    expect(chore?.message).toContain("taken off in Xero");
    expect(await creditedBy(() => giveBack(capture.id, 20_000n))).toHaveLength(2);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("before Xero was told of it: nothing is ever written of it", async () => {
    const capture = await paid();
    await giveBack(capture.id, 4_000n);
    await comesBack(capture);
    expect(await creditedBy(see)).toEqual([]);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("while its credit note is on its way: it is written first, then taken off", async () => {
    const capture = await paid();
    await giveBack(capture.id, 4_000n);
    await postRefundsAndDisputes(db());
    await comesBack(capture);
    await postRefundsAndDisputes(db());
    expect(await creditedBy(see)).toEqual([]);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("what paid it out is reconciled in Xero: it stands on the to-do list, and goes once that is mended", async () => {
    const capture = await paid();
    const credited = await creditedBy(() => giveBack(capture.id, 4_000n));
    const { payments } = await simulator().control<{ payments: { id: string; invoiceId: string }[] }>(
      "GET",
      "/control/xero/payments?status=AUTHORISED",
    );
    const paymentId = payments.find(({ invoiceId }) => invoiceId === credited[0]?.id)?.id;
    const reconcile = (isReconciled: boolean) =>
      simulator().control("POST", "/control/xero/reconcile", {
        ...{ tenantId: desk.tenantId, paymentId, isReconciled },
      });
    await reconcile(true);
    await comesBack(capture);
    await see();
    const stuck = (await listRefused(db(), desk.caller.firm)).filter(({ kind }) => kind === "removal");
    expect(stuck).toMatchObject([{ cause: "reconciled" }]);
    await reconcile(false);
    await retryPostings(
      db(),
      desk.caller,
      stuck.map(({ postingId }) => postingId),
    );
    await see();
    expect((await creditNotesOf(simulator(), desk.tenantId)).map(({ id }) => id)).not.toContain(
      credited[0]?.id,
    );
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("of a payment that Xero never took: it is in no books, staff are told so, and it goes back without them", async () => {
    const capture = await takenByCard(desk);
    await simulator().control("POST", "/control/xero/pay", {
      tenantId: desk.tenantId,
      invoice: (await invoiceInXero(simulator(), desk.tenantId, "INV-2017")).id,
      amount: "40.00",
      account: desk.clearingAccountId,
    });
    await runToIdle(db());
    expect(await creditedBy(() => giveBack(capture.id, 4_000n))).toEqual([]);
    const before = (await chores()).length;
    await comesBack(capture);
    await see();
    expect((await chores())[before]?.message).toContain("Xero never had this money");
    expect(await creditedBy(() => giveBack(capture.id, 4_000n))).toEqual([]);
    expect(await breaks(db(), simulator())).toEqual([]);
  });
});

test("a credit note that is sent again says the same; once Xero has refused it, what was mended there is read anew", async () => {
  const capture = await paid();
  const { contactId } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
  await simulator().control("POST", "/control/faults", {
    ...{ method: "PUT", path: "/api.xro/2.0/CreditNotes", times: 1, effect: { kind: "cut-before" } },
  });
  await giveBack(capture.id, 1_000n);
  await postRefundsAndDisputes(db());
  await runDuePosting(db());
  const { contacts } = await simulator().control<{ contacts: { id: string; status: string }[] }>(
    "GET",
    `/control/xero/contacts?tenantId=${desk.tenantId}`,
  );
  const into = contacts.find(({ id, status }) => id !== contactId && status === "ACTIVE");
  await simulator().control("POST", "/control/xero/merge-contacts", {
    ...{ tenantId: desk.tenantId, from: contactId, into: into?.id },
  });
  await runToIdle(db());
  const refused = await db()
    .select()
    .from(postings)
    .where(and(eq(postings.state, "refused"), eq(postings.kind, "credit_note")));
  expect(refused.map(({ message }) => message)).toEqual([expect.stringContaining("archived")]);
  const again = () =>
    retryPostings(
      db(),
      desk.caller,
      refused.map(({ id }) => id),
    );
  expect(await creditedBy(again)).toMatchObject([{ contactId: into?.id, total: 1_000, remainingCredit: 0 }]);
});
