import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { allocations, surpluses } from "#db/schema/payments.ts";
import { postings } from "#db/schema/posting.ts";
import { refunds } from "#db/schema/refunds-and-disputes.ts";
import { readReceipt } from "#lib/checkout/letters/receipt.ts";
import { sendRefundLetter } from "#lib/checkout/letters/send-refund.ts";
import { sendSurplusLetter } from "#lib/checkout/letters/send-surplus.ts";
import { readPayment } from "#lib/evidence/read-payment.ts";
import { saveSurplusPolicy } from "#lib/firms/save-settings.ts";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { listRefused, onItsWay } from "#lib/posting/read.ts";
import { revisitRefused } from "#lib/posting/retry.ts";
import { testDb } from "#lib/testing/database.ts";
import { attemptOf, begin, commit, type Desk, openDesk } from "#lib/testing/desk.ts";
import { takenByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaksOfSurplus } from "#lib/testing/truth/surplus-truth.ts";
import { breaks, invoiceInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { withXero } from "#lib/xero/call.ts";
import { setClearingAccount } from "#lib/xero/organisations/clearing-account.ts";
import { cancelAttempt } from "../attempts/settle-attempt.ts";
import { readDispute } from "../disputes/record-dispute.ts";
import { postRefundsAndDisputes } from "../post-refunds-and-disputes.ts";
import { readRefund } from "../refunds/settle-refund.ts";
import { startRefund } from "../refunds/start-refund.ts";
import { writeHistoryNotes } from "../write-history-notes.ts";
import { applySurplusPolicies } from "./apply-surplus-policies.ts";
import { decideSurplus } from "./decide-surplus.ts";
import { otherInvoices } from "./read-surplus.ts";
import type { Destination } from "./settle-surplus.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  const { accounts } = await simulator().control<{ accounts: { id: string; name: string }[] }>(
    "GET",
    `/control/xero/accounts?tenantId=${desk.tenantId}`,
  );
  const bank = accounts.find(({ name }) => name === "Card clearing")?.id ?? "";
  await setClearingAccount(db(), desk.caller, { connectionId: desk.books.connectionId, accountId: bank });
  desk = { ...desk, clearingAccountId: bank };
});
beforeEach(() => saveSurplusPolicy(db(), desk.caller, "ask"));

const policy = (given: "ask" | "overpayment" | "next_invoice" | "refund") =>
  saveSurplusPolicy(db(), desk.caller, given);
const due = async (number: string) => (await invoiceInXero(simulator(), desk.tenantId, number)).amountDue;
const idOf = async (number: string) => (await invoiceInXero(simulator(), desk.tenantId, number)).id;

/** Staff enter another payment of this invoice in Xero: ours is too much there. */
async function paidElsewhere(number: string, amount: string) {
  const id = await idOf(number);
  await simulator().control("POST", "/control/xero/pay", {
    ...{ tenantId: desk.tenantId, invoice: id, amount, account: desk.clearingAccountId },
  });
}

/** In Xero the invoice owes so much by now. */
async function owes(number: string, amount: number) {
  const { id, amountPaid } = await invoiceInXero(simulator(), desk.tenantId, number);
  await simulator().control("POST", "/control/xero/invoice", {
    ...{ tenantId: desk.tenantId, invoice: id, status: "AUTHORISED" },
    total: (amountPaid / 100 + amount).toFixed(2),
  });
  return id;
}

/** A card payment of 100.00 for INV-2017, of which so much has been paid elsewhere by the time Xero hears of it. */
async function tooMuch(amount: string, invoices: 1 | 2 = 1) {
  const capture = await takenByCard(desk, invoices);
  await paidElsewhere("INV-2017", amount);
  await runToIdle(db());
  const posting = async () => {
    const [row] = await db().select().from(postings).where(eq(postings.sourceId, capture.id));
    if (!row) throw new Error("No posting");
    return row;
  };
  expect((await posting()).state).toBe("refused");
  return { capture, posting };
}

const moved = (captureId: string) =>
  db()
    .select({ to: surpluses.toNumber, amountMinor: surpluses.amountMinor })
    .from(surpluses)
    .where(eq(surpluses.captureId, captureId));

async function shares(captureId: string) {
  const rows = await db().select().from(allocations).where(eq(allocations.captureId, captureId));
  return Object.fromEntries(rows.map((row) => [row.invoiceNumber, row.amountMinor]));
}

/** All that waits has its turn; then each cent of each payment is in one place, by what Xero and Stripe say. */
async function allAgree() {
  await runToIdle(db());
  await postRefundsAndDisputes(db());
  await runToIdle(db());
  const broken = await breaks(db(), simulator());
  expect([...broken, ...(await breaksOfSurplus(db(), simulator(), desk.tenantId))]).toEqual([]);
}

describe("money that its invoice no longer takes, by the firm's policy", () => {
  test("asks a person first: nothing moves", async () => {
    const { capture, posting } = await tooMuch("30.00");
    await applySurplusPolicies(db());
    expect((await posting()).state).toBe("refused");
    expect(await moved(capture.id)).toEqual([]);
    await policy("overpayment");
    await applySurplusPolicies(db());
    await allAgree();
  });

  test("an overpayment: what the invoice still takes is written, the rest is the client's credit in Xero, once", async () => {
    const { capture, posting } = await tooMuch("30.00");
    await policy("overpayment");
    await Promise.all(Array.from({ length: 5 }, () => applySurplusPolicies(db())));
    await runToIdle(db());
    expect((await posting()).state).toBe("done");
    expect(await moved(capture.id)).toEqual([{ to: null, amountMinor: 3_000n }]);
    expect(await shares(capture.id)).toEqual({ "INV-2017": 7_000n });
    expect(await due("INV-2017")).toBe(0);
    await allAgree();
  });

  test("all of it is too much: nothing is written to the invoice, and the overpayment is whole", async () => {
    const { capture, posting } = await tooMuch("100.00");
    await policy("overpayment");
    await applySurplusPolicies(db());
    await runToIdle(db());
    expect((await posting()).state).toBe("by_hand");
    expect(await shares(capture.id)).toEqual({});
    expect(await moved(capture.id)).toEqual([{ to: null, amountMinor: 10_000n }]);
    await allAgree();
  });

  test("the next invoice: the oldest due first and never over what it owes; the rest is an overpayment", async () => {
    const { capture } = await tooMuch("80.00");
    const open = await otherInvoices(db(), desk.caller.firm, {
      ...{ connectionId: desk.books.connectionId, currency: "AUD", invoiceIds: [await idOf("INV-2017")] },
    });
    expect(open.map(({ number }) => number)).toEqual(["INV-2009", "INV-2013"]);
    await owes("INV-2009", 50);
    await owes("INV-2013", 10);
    await policy("next_invoice");
    await applySurplusPolicies(db());
    await runToIdle(db());
    expect(await moved(capture.id)).toEqual([
      { to: "INV-2009", amountMinor: 5_000n },
      { to: "INV-2013", amountMinor: 1_000n },
      { to: null, amountMinor: 2_000n },
    ]);
    expect([await due("INV-2009"), await due("INV-2013"), await due("INV-2017")]).toEqual([0, 0, 0]);
    await allAgree();
  });

  test("an invoice that somebody is paying, or that money is on its way to, is left alone", async () => {
    const { capture } = await tooMuch("100.00");
    const first = await owes("INV-2009", 100);
    await refreshInvoices(db(), desk.books, { ids: [first], purpose: "sync" });
    const token = await begin(desk, { number: "INV-2009", amount: "100.00" });
    await commit(desk, token);
    await policy("next_invoice");
    await applySurplusPolicies(db());
    expect((await moved(capture.id)).map(({ to }) => to)).toEqual(["INV-2013"]);
    await cancelAttempt(db(), (await attemptOf(desk, token)).id);
    await paidElsewhere("INV-2009", "100.00");
    await refreshInvoices(db(), desk.books, { ids: [first], purpose: "sync" });
    await allAgree();
  });

  test("a refund: what is too much goes back, and the rest is written", async () => {
    const { capture, posting } = await tooMuch("30.00");
    await policy("refund");
    await Promise.all(Array.from({ length: 5 }, () => applySurplusPolicies(db())));
    await allAgree();
    expect((await posting()).state).toBe("done");
    const back = await db().select().from(refunds).where(eq(refunds.captureId, capture.id));
    expect(back.map(({ state, amountMinor }) => [state, amountMinor])).toEqual([["succeeded", 3_000n]]);
    expect(await readReceipt(db(), capture.id)).toMatchObject({ surpluses: [], refundedMinor: [3_000n] });
    await sendRefundLetter(db(), back[0]?.id ?? "");
    const { messages } = await simulator().control<{ messages: { text: string }[] }>(
      "GET",
      "/control/mail?subject=Refund",
    );
    expect(messages[0]?.text).toContain("It was more than was still owed when it arrived.");
    expect(await due("INV-2017")).toBe(0);
  });

  test("a refund that Stripe refuses is not asked for again by itself: a person decides", async () => {
    const { capture, posting } = await tooMuch("30.00");
    await policy("refund");
    await simulator().control("POST", "/control/faults", {
      ...{ method: "POST", path: "/v1/refunds", times: 1 },
      effect: {
        kind: "status",
        status: 400,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ error: { type: "invalid_request_error", message: "Not enough." } }),
      },
    });
    await applySurplusPolicies(db());
    await applySurplusPolicies(db());
    expect(await db().select().from(refunds).where(eq(refunds.captureId, capture.id))).toHaveLength(1);
    expect((await posting()).state).toBe("refused");
    await policy("overpayment");
    await applySurplusPolicies(db());
    await allAgree();
  });

  test("of several invoices only what is too much is moved; the other one is written with the rest", async () => {
    const { capture, posting } = await tooMuch("99.00", 2);
    await policy("overpayment");
    await applySurplusPolicies(db());
    await runToIdle(db());
    expect((await posting()).state).toBe("done");
    expect(await shares(capture.id)).toEqual({ "INV-2013": 10_000n, "INV-2017": 100n });
    await allAgree();
  });

  test("what was put on the next invoice and is too much there, too, moves on", async () => {
    const { capture } = await tooMuch("100.00");
    await policy("next_invoice");
    await applySurplusPolicies(db());
    const [first] = await moved(capture.id);
    expect(first?.to).toBe("INV-2013");
    await paidElsewhere("INV-2013", "100.00");
    await runToIdle(db());
    await applySurplusPolicies(db());
    await runToIdle(db());
    expect((await moved(capture.id)).map(({ to }) => to)).toEqual(["INV-2013", null]);
    expect(await shares(capture.id)).toEqual({});
    await allAgree();
  });
});

describe("a person decides", () => {
  const decide = (postingId: string, to: Destination) => decideSurplus(db(), desk.caller, { postingId, to });

  test("at the same time as another and as the policy: one of them counts", async () => {
    const { capture, posting } = await tooMuch("30.00");
    const { id } = await posting();
    await policy("overpayment");
    const places: Destination[] = [
      { kind: "overpayment" },
      { kind: "next_invoice" },
      { kind: "refund" },
      { kind: "invoice", invoiceId: await idOf("INV-2013"), fromInvoiceId: null },
    ];
    const all = await Promise.allSettled([
      ...places.map((to) => decide(id, to)),
      ...places.map((to) => decide(id, to)),
      applySurplusPolicies(db()),
    ]);
    expect(all.some(({ status }) => status === "fulfilled")).toBe(true);
    await allAgree();
    const gone = await db().select().from(refunds).where(eq(refunds.captureId, capture.id));
    expect((await moved(capture.id)).length + gone.length).toBe(1);
  });

  test("on an invoice that they choose, never over what it owes; another client's is refused", async () => {
    const { capture, posting } = await tooMuch("100.00");
    const { id } = await posting();
    const { invoices } = await simulator().control<{
      invoices: { id: string; contactId: string; status: string; type: string; currency: string }[];
    }>("GET", `/control/xero/invoices?tenantId=${desk.tenantId}`);
    const own = (await invoiceInXero(simulator(), desk.tenantId, "INV-2017")).contactId;
    const foreign = invoices.find(
      (one) => one.contactId !== own && one.status === "AUTHORISED" && one.type === "ACCREC",
    );
    await expect(
      decide(id, { kind: "invoice", invoiceId: foreign?.id ?? "", fromInvoiceId: null }),
    ).rejects.toThrow("another client's");
    const to = { kind: "invoice", invoiceId: await idOf("INV-2013"), fromInvoiceId: null } as const;
    expect(await decide(id, to)).toBe("settled");
    await expect(decide(id, to)).rejects.toThrow("not waiting any more");
    await runToIdle(db());
    expect(await due("INV-2013")).toBe(0);
    expect(await shares(capture.id)).toEqual({ "INV-2013": 10_000n });
    await allAgree();
  });

  test("the other payment has been removed in Xero: it is sent again, whole", async () => {
    const { capture, posting } = await tooMuch("100.00");
    const { payments } = await simulator().control<{
      payments: { id: string; invoiceId: string; reference: string }[];
    }>("GET", "/control/xero/payments?status=AUTHORISED");
    const invoiceId = await idOf("INV-2017");
    const other = payments.findLast((one) => one.invoiceId === invoiceId && !one.reference.startsWith("CF-"));
    await simulator().control("POST", "/control/xero/remove-payment", {
      ...{ tenantId: desk.tenantId, paymentId: other?.id },
    });
    expect(await decide((await posting()).id, { kind: "overpayment" })).toBe("again");
    await runToIdle(db());
    expect((await posting()).state).toBe("done");
    expect(await moved(capture.id)).toEqual([]);
    await allAgree();
  });

  test("a clearing account that is no bank account takes no overpayment: nothing moves, and why is said", async () => {
    const { posting } = await tooMuch("100.00");
    const { id } = await posting();
    const bank = desk.clearingAccountId;
    await db().execute(sql`update accounts set type = 'CURRENT' where account_id = ${bank}`);
    await expect(decide(id, { kind: "overpayment" })).rejects.toThrow("is no bank account");
    expect((await posting()).state).toBe("refused");
    await db().execute(sql`update accounts set type = 'BANK' where account_id = ${bank}`);
    expect(await decide(id, { kind: "overpayment" })).toBe("settled");
    await allAgree();
  });
});

describe("both sides are told", () => {
  test("the payer by one letter and on the receipt, staff on the payment's page", async () => {
    await db().execute(sql`update posting_lines set noted_at = now()`);
    const { capture } = await tooMuch("70.00");
    await policy("next_invoice");
    await applySurplusPolicies(db());
    await runToIdle(db());
    const ids = (await db().select().from(surpluses).where(eq(surpluses.captureId, capture.id))).map(
      ({ id }) => id,
    );
    await sendSurplusLetter(db(), ids);
    await sendSurplusLetter(db(), ids);
    const { messages } = await simulator().control<{ messages: { subject: string; text: string }[] }>(
      "GET",
      "/control/mail?subject=more+than+was+owed",
    );
    expect(messages).toHaveLength(1);
    expect(messages[0]?.text).toContain("A$70.00 was more than INV-2017 still owed");
    expect(messages[0]?.text).toContain("INV-2013");
    const receipt = await readReceipt(db(), capture.id);
    expect(receipt?.lines.map(({ amountMinor }) => amountMinor).sort()).toEqual([3_000n, 7_000n]);
    expect(receipt?.surpluses).toMatchObject([{ from: "INV-2017", to: "INV-2013", amountMinor: 7_000n }]);
    const story = await readPayment(db(), desk.caller.firm, capture.id);
    expect(story?.surpluses).toMatchObject([{ to: "INV-2013", posting: { state: "done" } }]);
    expect(story?.timeline.map(({ action }) => action)).toContain("surplus.settled");
    expect(story?.timeline.filter(({ action }) => action === "posting.done")).toHaveLength(2);
    await writeHistoryNotes(db());
    const { history } = await simulator().control<{ history: { details: string }[] }>(
      "GET",
      `/control/xero/history?tenantId=${desk.tenantId}&documentId=${await idOf("INV-2013")}`,
    );
    expect(history.map(({ details }) => details)).toContainEqual(
      expect.stringContaining(`/payments/${capture.id}`),
    );
    await allAgree();
  });
});

describe("what became an overpayment", () => {
  test("goes back first when the payment is refunded: it is paid out in Xero, and the invoice stays paid", async () => {
    const { capture } = await tooMuch("30.00");
    await policy("overpayment");
    await applySurplusPolicies(db());
    await runToIdle(db());
    const refund = (minor: bigint) =>
      startRefund(db(), desk.caller, {
        refundId: randomUUID(),
        captureId: capture.id,
        amountMinor: minor,
        note: "Asked for",
      });
    expect(await refund(2_000n)).toBe("succeeded");
    await allAgree();
    expect(await refund(8_000n)).toBe("succeeded");
    await allAgree();
    await expect(refund(1n)).rejects.toThrow("Nothing of this payment is left to refund.");
  });

  test("a refund of it that comes back is undone in Xero, and it can be paid out there again", async () => {
    const { capture } = await tooMuch("30.00");
    await policy("overpayment");
    await applySurplusPolicies(db());
    expect(await onItsWay(db(), desk.caller.firm)).toEqual([{ currency: "AUD", minor: 10_000n }]);
    await runToIdle(db());
    const giveBack = (minor: bigint) =>
      startRefund(db(), desk.caller, {
        refundId: randomUUID(),
        captureId: capture.id,
        amountMinor: minor,
        note: "Asked for",
      });
    await giveBack(2_000n);
    await allAgree();
    const [refund] = await db().select().from(refunds).where(eq(refunds.captureId, capture.id));
    const told = { processorAccountId: capture.processorAccountId, objectRef: refund?.objectRef ?? "" };
    await simulator().control("POST", "/control/stripe/refund-answer", {
      ...{ refund: told.objectRef, answer: "lost_or_stolen_card" },
    });
    await readRefund(db(), told);
    for (let turn = 0; turn < 3; turn += 1) await allAgree();
    const remaining = async () => {
      const { overpayments } = await simulator().control<{
        overpayments: { lines: { description: string }[]; remainingCredit: number }[];
      }>("GET", `/control/xero/overpayments?tenantId=${desk.tenantId}`);
      return overpayments.at(-1)?.remainingCredit;
    };
    expect(await remaining()).toBe(3_000);
    await giveBack(3_000n);
    await allAgree();
    expect(await remaining()).toBe(0);
  });

  /** A payment of 100.00 of which 30.00 is an overpayment by now, and Xero's id of that. */
  async function overpaid() {
    const { capture } = await tooMuch("30.00");
    await policy("overpayment");
    await applySurplusPolicies(db());
    await runToIdle(db());
    const { overpayments } = await simulator().control<{ overpayments: { id: string; contactId: string }[] }>(
      "GET",
      `/control/xero/overpayments?tenantId=${desk.tenantId}`,
    );
    const credit = overpayments.at(-1);
    if (!credit) throw new Error("No overpayment");
    return { capture, credit };
  }

  const creditOf = async ({ id }: { id: string }) => {
    const path = `/control/xero/overpayments?tenantId=${desk.tenantId}`;
    const { overpayments } = await simulator().control<{
      overpayments: { id: string; status: string; remainingCredit: number }[];
    }>("GET", path);
    return overpayments.find((one) => one.id === id);
  };

  async function lost(capture: Awaited<ReturnType<typeof takenByCard>>) {
    const { id } = await simulator().control<{ id: string }>("POST", "/control/stripe/dispute", {
      payment: capture.objectRef,
    });
    await simulator().control("POST", "/control/stripe/dispute-answer", { dispute: id, answer: "lost" });
    await readDispute(db(), { processorAccountId: capture.processorAccountId, objectRef: id });
    await Promise.all([postRefundsAndDisputes(db()), postRefundsAndDisputes(db())]);
    await runToIdle(db());
  }

  /** What waits on the to-do list since its credit is used up in Xero. */
  const used = async () =>
    (await listRefused(db(), desk.caller.firm))
      .filter(({ cause }) => cause === "used")
      .map(({ kind, totalMinor }) => [kind, totalMinor]);

  test("is paid out of the clearing account when a dispute of all of it is lost: the client keeps no credit", async () => {
    const { capture, credit } = await overpaid();
    await lost(capture);
    expect(await creditOf(credit)).toMatchObject({ status: "PAID", remainingCredit: 0 });
    expect(await due("INV-2017")).toBe(7_000);
    const story = await readPayment(db(), desk.caller.firm, capture.id);
    expect(story?.surpluses).toMatchObject([{ posting: { kind: "overpayment", state: "done" } }]);
    await refreshInvoices(db(), desk.books, { ids: [await idOf("INV-2017")], purpose: "sync" });
  });

  test("set against an invoice by staff, it waits for them when the dispute is lost, and goes once they take it off", async () => {
    const { capture, credit } = await overpaid();
    await owes("INV-2013", 50);
    const lever = <T>(what: string, body: object) =>
      simulator().control<T>("POST", `/control/xero/${what}`, {
        ...{ tenantId: desk.tenantId, kind: "overpayment", id: credit.id, ...body },
      });
    const part = await lever<{ id: string }>("allocate", {
      invoice: await idOf("INV-2013"),
      amount: "10.00",
    });
    await lost(capture);
    expect(await used()).toEqual([["credit_refund", 3_000n]]);
    await lever("remove-allocation", { allocationId: part.id });
    await db().execute(sql`update postings set due_at = now() - interval '1 second' where state = 'refused'`);
    await revisitRefused(db());
    await runToIdle(db());
    expect(await used()).toEqual([]);
    expect(await creditOf(credit)).toMatchObject({ status: "PAID", remainingCredit: 0 });
    await refreshInvoices(db(), desk.books, {
      ...{ ids: [await idOf("INV-2017"), await idOf("INV-2013")], purpose: "sync" },
    });
  });

  test("of two invoices of which one has been moved to another client, each client gets their own", async () => {
    const capture = await takenByCard(desk, 2);
    const { contacts } = await simulator().control<{ contacts: { id: string; status: string }[] }>(
      "GET",
      `/control/xero/contacts?tenantId=${desk.tenantId}&status=ACTIVE`,
    );
    const { contactId: own } = await invoiceInXero(simulator(), desk.tenantId, "INV-2013");
    const other = contacts.find(({ id }) => id !== own)?.id ?? "";
    const moveTo = async (contact: string) =>
      simulator().control("POST", "/control/xero/invoice", {
        ...{ tenantId: desk.tenantId, invoice: await idOf("INV-2017"), contact },
      });
    await moveTo(other);
    await paidElsewhere("INV-2017", "100.00");
    await paidElsewhere("INV-2013", "100.00");
    await runToIdle(db());
    await policy("overpayment");
    await applySurplusPolicies(db());
    await runToIdle(db());
    const { overpayments } = await simulator().control<{
      overpayments: { contactId: string; lines: { description: string }[] }[];
    }>("GET", `/control/xero/overpayments?tenantId=${desk.tenantId}`);
    const made = overpayments
      .slice(-2)
      .map(({ contactId, lines }) => [lines[0]?.description.split("beyond ")[1], contactId]);
    expect(new Map(made as [string, string][])).toEqual(
      new Map([
        ["INV-2017", other],
        ["INV-2013", own],
      ]),
    );
    expect(capture.amountMinor).toBe(20_000n);
    await moveTo(own);
    await refreshInvoices(db(), desk.books, { ids: [await idOf("INV-2017")], purpose: "sync" });
    await allAgree();
  });

  test("voided by staff in Xero, it is not taken for one that is there", async () => {
    const { capture, credit } = await overpaid();
    const [posting] = await db()
      .select()
      .from(postings)
      .where(eq(postings.kind, "overpayment"))
      .orderBy(desc(postings.createdAt));
    if (!posting) throw new Error("No posting");
    const found = () =>
      withXero(db(), desk.books.connectionId, "sync", (xero) =>
        xero.findOverpayments(posting.reference, posting.date),
      );
    expect(await found()).toMatchObject([{ xeroId: credit.id }]);
    await simulator().control("POST", "/control/xero/change-credit", {
      ...{ tenantId: desk.tenantId, kind: "overpayment", id: credit.id, status: "VOIDED" },
    });
    expect(await found()).toEqual([]);
    await lost(capture);
    expect(await used()).toEqual([["credit_refund", 3_000n]]);
  });
});
