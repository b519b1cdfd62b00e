import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { disputes } from "#db/schema/refunds-and-disputes.ts";
import { alertDispute } from "#lib/jobs/alert-dispute.ts";
import { listRefused } from "#lib/posting/read.ts";
import { markByHand } from "#lib/posting/retry.ts";
import { runDuePosting } from "#lib/posting/sending/run-due.ts";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openAt, openDesk } from "#lib/testing/desk.ts";
import { paidByCard, takenByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoiceInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import type { disputeChanged } from "../jobs.ts";
import { postRefundsAndDisputes } from "../post-refunds-and-disputes.ts";
import { startRefund } from "../refunds/start-refund.ts";
import { listDisputesOf, listDisputesToAnswer } from "./read-disputes.ts";
import { readDispute, recordDispute } from "./record-dispute.ts";

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
      await Promise.all([postRefundsAndDisputes(db()), postRefundsAndDisputes(db())]);
      await runToIdle(db());
    },
  };
}

const due = async (number: string) => (await invoiceInXero(simulator(), desk.tenantId, number)).amountDue;
const statesOf = async (capture: Capture) =>
  (await listDisputesOf(db(), desk.caller.firm, capture.id)).map(({ state }) => state);
const disputesOf = (capture: Capture) =>
  db().select().from(disputes).where(eq(disputes.captureId, capture.id));
/** What the worker would be asked to tell staff of it, in order. */
async function jobsOf(capture: Capture) {
  const [dispute] = await disputesOf(capture);
  const { rows } = await db().execute<{ data: z.infer<typeof disputeChanged.payload> }>(sql`
    select data from queue.job where name = 'payments.dispute-changed' and data->>'disputeId' = ${dispute?.id ?? ""}
    order by (data->>'change')::int`);
  return rows.map(({ data }) => data);
}
const removals = async () =>
  (await db().execute(sql`select state from postings where kind = 'removal'`)).rows.map(({ state }) => state);

describe("a payment that a client's bank takes back", () => {
  test("open, it waits for staff with its deadline, and Xero stays as it is; won, nothing has changed", async () => {
    const capture = await paidByCard(desk);
    const { decide } = await disputed(capture);
    expect(await listDisputesToAnswer(db(), desk.caller.firm)).toMatchObject([
      { captureId: capture.id, amountMinor: 10_000n, dueBy: expect.any(Date) },
    ]);
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(0);
    await decide("won");
    expect(await statesOf(capture)).toEqual(["won"]);
    expect(await listDisputesToAnswer(db(), desk.caller.firm)).toEqual([]);
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
      ...{ withdrawnMinor: 10_000n, askedAt: new Date(Date.now() - 60_000) },
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
    await postRefundsAndDisputes(db());
    expect(await removals()).toHaveLength(before);
    await runToIdle(db());
    await Promise.all([postRefundsAndDisputes(db()), postRefundsAndDisputes(db())]);
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
      sql`update postings set state = 'unknown', empty_looks = 1, due_at = now() - interval '1 second' where state = 'refused'`,
    );
    while (await runDuePosting(db()));
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(10_000);
  });

  test("entered by hand, what is lost in part is a person's to take off, until they say so", async () => {
    const capture = await takenByCard(desk);
    await db().execute(
      sql`update postings set state = 'refused', message = 'No' where source_id = ${capture.id}`,
    );
    const { rows } = await db().execute<{ id: string }>(
      sql`select id from postings where source_id = ${capture.id}`,
    );
    await markByHand(db(), desk.caller, { postingId: rows[0]?.id ?? "", note: "Entered as a receipt" });
    await (await disputed(capture, 2_500)).decide("lost");
    const chores = async () =>
      (await listRefused(db(), desk.caller.firm)).filter(({ targetId }) => targetId === capture.id);
    const [chore, ...more] = await chores();
    expect(more).toEqual([]);
    expect(chore).toMatchObject({ kind: "chore", totalMinor: 2_500n });
    expect(chore?.message).toContain("took back A$25.00 of a payment that was entered in Xero by hand");
    await markByHand(db(), desk.caller, { postingId: chore?.postingId ?? "", note: "Taken off" });
    expect(await chores()).toEqual([]);
  });
});

type Answer = { answer: string; givenBack?: number; late?: boolean };

/** What Xero must say of both invoices in the end, and the dispute here; amounts in minor units. */
type End = { state: string; withdrawn: number; due: [number, number]; standing: number };

describe("the books follow what Stripe has withdrawn and given back", () => {
  const won = { answer: "won" };
  const lost = { answer: "lost" };
  const rows: [string, { as?: string; amount?: number }, (Answer | "back")[], End][] = [
    ["an inquiry", { as: "inquiry" }, [], { state: "inquiry", withdrawn: 0, due: [0, 0], standing: 1 }],
    [
      "an inquiry that is answered and closed",
      { as: "inquiry" },
      [{ answer: "under_review" }, { answer: "warning_closed" }],
      { state: "inquiry_closed", withdrawn: 0, due: [0, 0], standing: 1 },
    ],
    [
      "an inquiry that becomes a dispute",
      { as: "inquiry" },
      [{ answer: "escalated" }],
      { state: "open", withdrawn: 20_000, due: [0, 0], standing: 1 },
    ],
    [
      "and is lost",
      { as: "inquiry" },
      [{ answer: "escalated" }, lost],
      { state: "lost", withdrawn: 20_000, due: [10_000, 10_000], standing: 0 },
    ],
    [
      "answered",
      {},
      [{ answer: "under_review" }],
      { state: "answered", withdrawn: 20_000, due: [0, 0], standing: 1 },
    ],
    ["won", {}, [won], { state: "won", withdrawn: 0, due: [0, 0], standing: 1 }],
    [
      "won in part",
      {},
      [{ ...won, givenBack: 12_000 }],
      { state: "won", withdrawn: 8_000, due: [4_000, 4_000], standing: 1 },
    ],
    [
      "won, the money still to come",
      {},
      [{ ...won, late: true }],
      { state: "won_unpaid", withdrawn: 20_000, due: [0, 0], standing: 1 },
    ],
    [
      "won, the money come later",
      {},
      [{ ...won, late: true }, "back"],
      { state: "won", withdrawn: 0, due: [0, 0], standing: 1 },
    ],
    ["lost", {}, [lost], { state: "lost", withdrawn: 20_000, due: [10_000, 10_000], standing: 0 }],
    [
      "lost, a part given back",
      {},
      [{ ...lost, givenBack: 8_000 }],
      { state: "lost", withdrawn: 12_000, due: [6_000, 6_000], standing: 1 },
    ],
    [
      "a part of it lost",
      { amount: 5_001 },
      [lost],
      { state: "lost", withdrawn: 5_001, due: [2_501, 2_500], standing: 1 },
    ],
    ["lost, then won", {}, [lost, won], { state: "won", withdrawn: 0, due: [0, 0], standing: 1 }],
    [
      "lost with a part given back, then won",
      {},
      [{ ...lost, givenBack: 8_000 }, won],
      { state: "won", withdrawn: 0, due: [0, 0], standing: 2 },
    ],
    [
      "won, then lost",
      {},
      [won, lost],
      { state: "lost", withdrawn: 20_000, due: [10_000, 10_000], standing: 0 },
    ],
    [
      "lost, won, and lost again",
      {},
      [lost, won, lost],
      { state: "lost", withdrawn: 20_000, due: [10_000, 10_000], standing: 0 },
    ],
    [
      "won, and appealed",
      {},
      [won, { answer: "appealed" }],
      { state: "appeal", withdrawn: 20_000, due: [0, 0], standing: 1 },
    ],
    [
      "lost, and appealed, answered and won",
      {},
      [lost, { answer: "appealed" }, { answer: "under_review" }, won],
      { state: "won", withdrawn: 0, due: [0, 0], standing: 1 },
    ],
    [
      "prevented",
      { as: "prevented" },
      [],
      { state: "prevented", withdrawn: 20_000, due: [10_000, 10_000], standing: 0 },
    ],
  ];

  /** Payments of these invoices that stand in Xero under references of ours for this capture, a batch counted once. */
  const standingOf = async (capture: Capture) => {
    const { rows: ours } = await db().execute<{ xero_id: string }>(sql`
      select p.xero_id from postings p where p.kind in ('payment', 'batch_payment') and p.state = 'done'
        and (p.source_id = ${capture.id} or p.source_id in (select id from dispute_moves where capture_id = ${capture.id}))`);
    const { payments } = await simulator().control<{ payments: { id: string }[] }>(
      "GET",
      "/control/xero/payments?status=AUTHORISED",
    );
    const { batchPayments } = await simulator().control<{ batchPayments: { id: string }[] }>(
      "GET",
      "/control/xero/batch-payments?status=AUTHORISED",
    );
    const there = new Set([...payments, ...batchPayments].map(({ id }) => id));
    return ours.filter(({ xero_id: id }) => there.has(id)).length;
  };

  async function end(capture: Capture) {
    const [dispute] = await db().select().from(disputes).where(eq(disputes.captureId, capture.id));
    return {
      state: dispute?.state,
      withdrawn: Number(dispute?.withdrawnMinor),
      due: [await due("INV-2017"), await due("INV-2013")],
      standing: await standingOf(capture),
    };
  }

  test.each(rows)("%s", async (_, begins, answers, wanted) => {
    const capture = await paidByCard(desk, 2);
    const { id } = await lever("dispute", { payment: capture.objectRef, ...begins });
    const told = { processorAccountId: capture.processorAccountId, objectRef: id };
    const heard = async () => {
      await Promise.all([readDispute(db(), told), readDispute(db(), told)]);
      await Promise.all([postRefundsAndDisputes(db()), postRefundsAndDisputes(db())]);
      await runToIdle(db());
    };
    await heard();
    for (const one of answers) {
      if (one === "back") await lever("dispute-reinstate", { dispute: id });
      else await lever("dispute-answer", { dispute: id, ...one });
      await heard();
    }
    await heard();
    expect(await end(capture)).toEqual(wanted);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("heard of in the end alone, the same comes of it", async () => {
    const capture = await paidByCard(desk, 2);
    const { id } = await lever("dispute", { payment: capture.objectRef });
    for (const answer of ["lost", "won", "lost"]) await lever("dispute-answer", { dispute: id, answer });
    await readDispute(db(), { processorAccountId: capture.processorAccountId, objectRef: id });
    await postRefundsAndDisputes(db());
    await runToIdle(db());
    expect(await end(capture)).toEqual({
      ...{ state: "lost", withdrawn: 20_000, due: [10_000, 10_000], standing: 0 },
    });
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("while Xero refuses to take the payment off, a dispute that is won after all leaves it where it is", async () => {
    const capture = await paidByCard(desk);
    const { id: invoiceId } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
    const { payments } = await simulator().control<{ payments: { id: string; invoiceId: string }[] }>(
      "GET",
      "/control/xero/payments?status=AUTHORISED",
    );
    const paymentId = payments.findLast((one) => one.invoiceId === invoiceId)?.id;
    const reconcile = (isReconciled: boolean) =>
      simulator().control("POST", "/control/xero/reconcile", {
        ...{ tenantId: desk.tenantId, paymentId, isReconciled },
      });
    await reconcile(true);
    const { decide } = await disputed(capture);
    await decide("lost");
    expect((await listRefused(db(), desk.caller.firm)).map(({ kind }) => kind)).toContain("removal");
    await decide("won");
    expect(await due("INV-2017")).toBe(0);
    expect((await listRefused(db(), desk.caller.firm)).map(({ kind }) => kind)).not.toContain("removal");
    await decide("lost");
    await reconcile(false);
    await db().execute(
      sql`update postings set state = 'unknown', empty_looks = 1, due_at = now() - interval '1 second' where state = 'refused' and kind = 'removal'`,
    );
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(10_000);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("what is left of a payment is not sent before Xero has taken the payment off", async () => {
    const capture = await paidByCard(desk);
    const { id: invoiceId } = await invoiceInXero(simulator(), desk.tenantId, "INV-2017");
    const { payments } = await simulator().control<{ payments: { id: string; invoiceId: string }[] }>(
      "GET",
      "/control/xero/payments?status=AUTHORISED",
    );
    const paymentId = payments.findLast((one) => one.invoiceId === invoiceId)?.id;
    const reconcile = (isReconciled: boolean) =>
      simulator().control("POST", "/control/xero/reconcile", {
        ...{ tenantId: desk.tenantId, paymentId, isReconciled },
      });
    await reconcile(true);
    const { id, told } = await disputed(capture);
    await lever("dispute-answer", { dispute: id, answer: "lost", givenBack: 4_000 });
    await readDispute(db(), told);
    await postRefundsAndDisputes(db());
    await runToIdle(db());
    const steps = async () =>
      (
        await db().execute(sql`select kind, state, sends from postings
          where source_id in (select id from dispute_moves where capture_id = ${capture.id}) order by kind`)
      ).rows;
    expect(await steps()).toMatchObject([
      { kind: "payment", state: "ready", sends: 0 },
      { kind: "removal", state: "refused" },
    ]);
    await reconcile(false);
    await db().execute(
      sql`update postings set state = 'unknown', empty_looks = 1, due_at = now() - interval '1 second' where state = 'refused' and kind = 'removal'`,
    );
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(6_000);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("written again after a dispute that was lost first, its link takes no second payment", async () => {
    const capture = await paidByCard(desk);
    const { decide } = await disputed(capture);
    await decide("lost");
    await lever("dispute-answer", { dispute: (await disputesOf(capture))[0]?.objectRef, answer: "won" });
    await readDispute(db(), {
      ...{
        processorAccountId: capture.processorAccountId,
        objectRef: (await disputesOf(capture))[0]?.objectRef ?? "",
      },
    });
    await postRefundsAndDisputes(db());
    expect(await openAt(desk, { number: "INV-2017", amount: "100.00" })).not.toMatchObject({
      lines: expect.arrayContaining([expect.objectContaining({ number: "INV-2017", why: null })]),
    });
    await runToIdle(db());
    expect(await due("INV-2017")).toBe(0);
  });

  test("two disputes of one payment take each its part, once", async () => {
    const capture = await paidByCard(desk);
    const [first, second] = [await disputed(capture, 6_000), await disputed(capture, 4_000)];
    await first.decide("lost");
    expect(await due("INV-2017")).toBe(6_000);
    await second.decide("lost");
    expect(await due("INV-2017")).toBe(10_000);
    await first.decide("won");
    expect(await due("INV-2017")).toBe(4_000);
    expect(await breaks(db(), simulator())).toEqual([]);
  });

  test("of a payment that was refunded in part, the rest is taken off", async () => {
    const capture = await paidByCard(desk);
    await startRefund(db(), desk.caller, {
      ...{ refundId: randomUUID(), captureId: capture.id, amountMinor: 3_000n, note: "Too much" },
    });
    await postRefundsAndDisputes(db());
    await runToIdle(db());
    await (await disputed(capture)).decide("lost");
    expect(await due("INV-2017")).toBe(7_000);
    expect(await breaks(db(), simulator())).toEqual([]);
  });
});

describe("an e-mail to staff", () => {
  test("says of each change what it is, once, and nothing of what they did themselves", async () => {
    const capture = await paidByCard(desk);
    const { id } = await lever("dispute", { payment: capture.objectRef, as: "inquiry" });
    const told = { processorAccountId: capture.processorAccountId, objectRef: id };
    const answers: object[] = [
      {},
      { answer: "under_review" },
      { answer: "escalated" },
      { answer: "under_review" },
      { answer: "lost", givenBack: 4_000 },
      { answer: "won" },
    ];
    for (const answer of answers) {
      if ("answer" in answer) await lever("dispute-answer", { dispute: id, ...answer });
      await readDispute(db(), told);
    }
    await simulator().control("DELETE", "/control/mail");
    const changes = await jobsOf(capture);
    for (const change of [...changes, ...changes]) await alertDispute(db(), change);
    const { messages } = await simulator().control<{ messages: { subject: string; text: string }[] }>(
      "GET",
      "/control/mail",
    );
    expect(messages.map(({ subject }) => subject.replace(/^.*?: /, ""))).toEqual([
      expect.stringContaining("is won after it had been lost: the payment is entered in Xero again."),
      expect.stringContaining("The dispute over A$100.00 is lost."),
      expect.stringContaining("The bank's inquiry about a payment of A$100.00 has become a dispute."),
      expect.stringContaining("A client's bank asks about a payment of A$100.00."),
    ]);
    const texts = messages.map(({ text }) => text.replace(/\s+/g, " "));
    expect(texts[3]).toContain("It is not a dispute, and no money has moved. Answer in Stripe by");
    expect(texts[3]).not.toContain("taken");
    expect(texts[2]).toContain("Stripe has taken A$100.00 back until the bank decides. Answer in Stripe by");
    expect(texts[1]).toContain(
      "A$60.00 is gone. A$40.00 stayed or came back. In Xero the payment is reduced",
    );
    expect(texts[3]).toContain("INV-2017");
  });
});
