import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { initStripe, stripeRoutes } from "../index.ts";
import { seedStripe } from "../seed.ts";
import { connect, control, eventTypes, line, pay } from "../test-merchant.ts";
import { type Site, startTestSite } from "../test-site.ts";

let simulator: Site;
let stripe: Stripe;

beforeAll(async () => {
  simulator = await startTestSite(stripeRoutes, initStripe);
  stripe = connect(simulator.url);
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.world.clock.advance((Date.now() - simulator.world.clock.now()) / 1000);
  seedStripe(simulator.world);
});

const DAY = 86_400;
const newEvents = async (known: number) => (await eventTypes(stripe)).slice(known);
const lever = (path: string, body: object) => control(simulator.url, path, body);
const becs: Partial<Stripe.Checkout.SessionCreateParams> = {
  allowed_payment_method_types: ["au_becs_debit"],
};

async function disputed(more: object = {}) {
  const payment = await pay(stripe, simulator.url);
  const known = (await eventTypes(stripe)).length;
  const dispute: Stripe.Dispute = await lever("dispute", { payment: payment.session, ...more });
  return { ...payment, dispute: dispute.id, known };
}

test("a dispute takes the money and a fee at once, and gives a week to answer", async () => {
  const { dispute: id, charge, intent, known } = await disputed();
  const dispute = await stripe.disputes.retrieve(id);
  expect(dispute).toMatchObject({
    amount: 220_000,
    currency: "aud",
    charge,
    payment_intent: intent,
    reason: "fraudulent",
    status: "needs_response",
    is_charge_refundable: false,
    evidence_details: { due_by: dispute.created + 7 * DAY, has_evidence: false, submission_count: 0 },
    balance_transactions: [
      {
        type: "adjustment",
        reporting_category: "dispute",
        amount: -220_000,
        fee: 2500,
        net: -222_500,
        fee_details: [{ type: "stripe_fee", description: "Dispute fee" }],
        source: id,
      },
    ],
  });
  expect((await stripe.charges.retrieve(charge)).disputed).toBe(true);
  expect(await newEvents(known)).toEqual(["charge.dispute.created", "charge.dispute.funds_withdrawn"]);
});

test("a part may be disputed for a reason, and the rest another time, but no cent twice", async () => {
  const { dispute, session } = await disputed({ amount: 50_000, reason: "duplicate" });
  expect(await stripe.disputes.retrieve(dispute)).toMatchObject({
    amount: 50_000,
    reason: "duplicate",
    balance_transactions: [{ net: -52_500 }],
  });
  expect(await lever("dispute", { payment: session })).toMatchObject({ error: expect.any(String) });
  expect(await lever("dispute", { payment: session, amount: 170_000 })).toMatchObject({
    status: "needs_response",
  });
});

test("disputes are listed by intent and by charge", async () => {
  const { dispute, intent, charge } = await disputed();
  await disputed();
  expect((await stripe.disputes.list({ payment_intent: intent })).data.map(({ id }) => id)).toEqual([
    dispute,
  ]);
  expect((await stripe.disputes.list({ charge })).data.map(({ id }) => id)).toEqual([dispute]);
  expect((await stripe.disputes.list({ limit: 1 })).has_more).toBe(true);
});

test("a won dispute brings the amount back, without the fee", async () => {
  const { dispute: id, charge, known } = await disputed();
  await lever("dispute-answer", { dispute: id, answer: "won" });
  const dispute = await stripe.disputes.retrieve(id);
  expect(dispute).toMatchObject({
    status: "won",
    balance_transactions: [
      { net: -222_500 },
      { net: 220_000, fee: 0, reporting_category: "dispute_reversal" },
    ],
  });
  expect(await newEvents(known + 2)).toEqual(["charge.dispute.closed", "charge.dispute.funds_reinstated"]);
  expect((await stripe.balanceTransactions.list({ source: id })).data).toHaveLength(2);
  expect((await stripe.refunds.create({ charge, amount: 1 })).status).toBe("succeeded");
});

test("a lost dispute keeps what it took, and is over", async () => {
  const { dispute, known } = await disputed();
  await lever("dispute-answer", { dispute, answer: "lost" });
  expect(await stripe.disputes.retrieve(dispute)).toMatchObject({
    status: "lost",
    balance_transactions: [{ net: -222_500 }],
  });
  expect(await newEvents(known + 2)).toEqual(["charge.dispute.closed"]);
  await expect(stripe.disputes.close(dispute)).rejects.toThrow("already closed");
});

const nets = async (id: string) => {
  const { status, balance_transactions: entries } = await stripe.disputes.retrieve(id);
  return [status, ...entries.map(({ net }) => net)];
};

test("an inquiry takes nothing until it becomes a dispute, or is closed", async () => {
  const { dispute: id, charge, known } = await disputed({ as: "inquiry" });
  const inquiry = await stripe.disputes.retrieve(id);
  expect(inquiry).toMatchObject({
    status: "warning_needs_response",
    is_charge_refundable: true,
    balance_transactions: [],
    payment_method_details: { card: { case_type: "inquiry" } },
  });
  expect(await newEvents(known)).toEqual(["charge.dispute.created"]);
  await stripe.refunds.create({ charge, amount: 20_000 });
  await stripe.disputes.update(id, { evidence: { uncategorized_text: "They came." } });
  expect(await nets(id)).toEqual(["warning_under_review"]);
  const asked = (await eventTypes(stripe)).length;
  await lever("dispute-answer", { dispute: id, answer: "escalated" });
  expect(await nets(id)).toEqual(["needs_response", -202_500]);
  expect(await newEvents(asked)).toEqual(["charge.dispute.updated", "charge.dispute.funds_withdrawn"]);
  await expect(stripe.refunds.create({ charge, amount: 1 })).rejects.toMatchObject({
    code: "charge_disputed",
  });

  const other = await disputed({ as: "inquiry" });
  simulator.world.clock.advance(120 * DAY);
  expect(await nets(other.dispute)).toEqual(["warning_closed"]);
});

test.each([
  [["won"], ["won", -222_500, 220_000]],
  [["won 60000"], ["won", -222_500, 60_000]],
  [["lost 40000"], ["lost", -222_500, 40_000]],
  [
    ["lost", "won"],
    ["won", -222_500, 220_000],
  ],
  [
    ["lost 40000", "won"],
    ["won", -222_500, 40_000, 180_000],
  ],
  [
    ["won", "lost"],
    ["lost", -222_500, 220_000, -220_000],
  ],
  [
    ["won", "appealed"],
    ["appeal_needs_response", -222_500, 220_000, -220_000],
  ],
  [
    ["lost", "appealed", "under_review", "won"],
    ["won", -222_500, 220_000],
  ],
])("decided as %j it is %j", async (answers, after) => {
  const { dispute } = await disputed();
  for (const one of answers) {
    const [answer, givenBack] = one.split(" ");
    await lever("dispute-answer", { dispute, answer, ...(givenBack && { givenBack: Number(givenBack) }) });
  }
  expect(await nets(dispute)).toEqual(after);
});

test("what is won may be given back later, and a part of what was lost too", async () => {
  const { dispute } = await disputed();
  await lever("dispute-answer", { dispute, answer: "won", late: true });
  expect(await nets(dispute)).toEqual(["won", -222_500]);
  await lever("dispute-reinstate", { dispute });
  expect(await nets(dispute)).toEqual(["won", -222_500, 220_000]);
  const lost = await disputed({ as: "prevented" });
  expect(await nets(lost.dispute)).toEqual(["prevented", -220_000]);
  await lever("dispute-reinstate", { dispute: lost.dispute, amount: 40_000 });
  expect(await nets(lost.dispute)).toEqual(["prevented", -220_000, 40_000]);
});

test("what is disputed cannot be refunded", async () => {
  const { charge, session } = await disputed({ amount: 1000 });
  const message = `Charge ${charge} has been charged back; cannot issue a refund.`;
  await expect(stripe.refunds.create({ charge })).rejects.toMatchObject({ code: "charge_disputed", message });
  expect(await lever("refund", { payment: session })).toEqual({ error: message });
});

test("evidence is staged, then submitted, then read only", async () => {
  const { dispute, known } = await disputed();
  const staged = await stripe.disputes.update(dispute, {
    evidence: { uncategorized_text: "The terms were accepted.", customer_name: "Pat Payer" },
    submit: false,
  });
  expect(staged).toMatchObject({
    status: "needs_response",
    evidence: { uncategorized_text: "The terms were accepted.", receipt: null },
    evidence_details: { has_evidence: true, submission_count: 0, submission_method: "not_submitted" },
  });
  const submitted = await stripe.disputes.update(dispute, { evidence: { service_date: "2026-11-01" } });
  expect(submitted).toMatchObject({
    status: "under_review",
    evidence: { customer_name: "Pat Payer", service_date: "2026-11-01" },
    evidence_details: { submission_count: 1, submission_method: "manual" },
  });
  await expect(stripe.disputes.update(dispute, { evidence: { receipt: "file_1" } })).rejects.toThrow(
    "its status is under_review",
  );
  expect((await stripe.disputes.update(dispute, { metadata: { row: "d1" } })).metadata).toEqual({
    row: "d1",
  });
  expect(await newEvents(known + 2)).toEqual(Array(3).fill("charge.dispute.updated"));
  simulator.world.clock.advance(30 * DAY);
  expect((await stripe.disputes.retrieve(dispute)).status).toBe("under_review");
});

test("evidence of an unknown kind is refused", async () => {
  const { dispute } = await disputed();
  const wrong = { evidence: { alibi: "x" } } as Stripe.DisputeUpdateParams;
  await expect(stripe.disputes.update(dispute, wrong)).rejects.toMatchObject({
    code: "parameter_unknown",
    param: "evidence[alibi]",
  });
});

test("who does not answer in time has lost", async () => {
  const { dispute } = await disputed();
  simulator.world.clock.advance(7 * DAY);
  expect(await stripe.disputes.retrieve(dispute)).toMatchObject({
    status: "lost",
    evidence_details: { past_due: true },
  });
});

test("a merchant may accept a dispute", async () => {
  const { dispute } = await disputed();
  expect((await stripe.disputes.close(dispute)).status).toBe("lost");
  await expect(stripe.disputes.close(dispute)).rejects.toThrow("already closed");
});

test("a debit that fails too late is a dispute, lost at once, that also ends refunds under way", async () => {
  const { session, charge } = await pay(stripe, simulator.url, becs, { debit: "au_becs_debit" });
  expect(await lever("dispute", { payment: session })).toEqual({ error: "This payment is processing" });
  await lever("debit", { payment: session });
  const refund = await stripe.refunds.create({ charge, amount: 1000 });
  const known = (await eventTypes(stripe)).length;
  expect(await lever("dispute", { payment: session, amount: 220_000 })).toMatchObject({
    status: "lost",
    reason: "insufficient_funds",
    evidence_details: { due_by: null },
  });
  expect(
    await stripe.paymentIntents.retrieve(String((await stripe.charges.retrieve(charge)).payment_intent)),
  ).toMatchObject({ status: "succeeded" });
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
    status: "failed",
    failure_reason: "charge_for_pending_refund_disputed",
  });
  expect((await newEvents(known)).slice(0, 3)).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.closed",
  ]);
});

test("the test account that disputes succeeds first", async () => {
  const { intent } = await pay(stripe, simulator.url, becs, {
    debit: "au_becs_debit",
    bankAccount: "555555559",
  });
  simulator.world.clock.advance(3 * DAY);
  const { data } = await stripe.disputes.list({ payment_intent: intent });
  expect(data).toMatchObject([{ status: "lost", reason: "debit_not_authorized", amount: 220_000 }]);
  const types = await eventTypes(stripe);
  expect(types.indexOf("charge.dispute.created")).toBeGreaterThan(types.indexOf("payment_intent.succeeded"));
});

test.each([
  ["4000000000000259", "fraudulent"],
  ["4000000000002685", "product_not_received"],
])("card %s pays and is disputed: %s", async (number, reason) => {
  const { intent } = await pay(stripe, simulator.url, {}, { card: number });
  expect((await stripe.paymentIntents.retrieve(intent)).status).toBe("succeeded");
  expect((await stripe.disputes.list({ payment_intent: intent })).data).toMatchObject([{ reason }]);
});

test("a dispute in another currency is withdrawn in the account's own", async () => {
  const harbour = connect(simulator.url, "sk_test_harbour_books");
  const { session } = await pay(harbour, simulator.url, { line_items: [line(10_000, "x", "eur")] });
  expect(await lever("dispute", { payment: session })).toMatchObject({
    currency: "eur",
    amount: 10_000,
    balance_transactions: [{ currency: "gbp", amount: -8837, fee: 2000, exchange_rate: 0.883721 }],
  });
});

test("control tells every dispute", async () => {
  const { dispute } = await disputed();
  const truth = await (await fetch(`${simulator.url}/control/stripe/truth`)).json();
  expect(truth.accounts[0].disputes).toMatchObject([{ id: dispute }]);
});

test("a person disputes a payment and decides it by the forms of a page, and is back on that page", async () => {
  const { intent } = await pay(stripe, simulator.url);
  const page = async () => (await fetch(`${simulator.url}/stripe`)).text();
  const send = (path: string, fields: Record<string, string>) =>
    fetch(`${simulator.url}/control/stripe/${path}`, {
      ...{ method: "POST", redirect: "manual", body: new URLSearchParams(fields) },
      headers: { referer: `${simulator.url}/stripe` },
    });
  expect(await page()).toContain(`name="payment" value="${intent}"`);
  const answer = await send("dispute", { payment: intent, as: "inquiry", amount: "" });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/stripe"]);
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent })).data;
  expect(await page()).toContain(`name="dispute" value="${dispute?.id}"`);
  await send("dispute-answer", { dispute: dispute?.id ?? "", answer: "escalated", givenBack: "" });
  expect((await stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("needs_response");
});
