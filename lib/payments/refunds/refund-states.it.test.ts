/** What Stripe says of a refund, one after the other; what is then kept, how many credit notes stand in Xero, who gets an e-mail. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { testDb } from "#lib/testing/database.ts";
import { type Desk, openDesk } from "#lib/testing/desk.ts";
import { paidByCard } from "#lib/testing/refunds.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { creditNotesOf } from "#lib/testing/truth/refund-truth.ts";
import { breaks, runToIdle } from "#lib/testing/truth/truth.ts";
import { postRefundsAndDisputes } from "../post-refunds-and-disputes.ts";
import { listRefundsOf } from "./read-refund.ts";
import { recordRefund } from "./record-refund.ts";
import { readRefund } from "./settle-refund.ts";

const db = testDb();
const simulator = testSimulator();
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});

type Row = [
  name: string,
  begins: { requiresAction?: true },
  answers: string[],
  wanted: { state: string; credited: number; payer: number; staff: number },
];
const waits = { requiresAction: true } as const;
const rows: Row[] = [
  ["it succeeds", {}, [], { state: "succeeded", credited: 1, payer: 1, staff: 0 }],
  ["it waits for the client", waits, [], { state: "pending", credited: 0, payer: 0, staff: 0 }],
  ["it waits, then succeeds", waits, ["succeeds"], { state: "succeeded", credited: 1, payer: 1, staff: 0 }],
  ["it waits, then is canceled", waits, ["canceled"], { state: "failed", credited: 0, payer: 0, staff: 1 }],
  [
    "it waits, then fails",
    waits,
    ["lost_or_stolen_card"],
    { state: "failed", credited: 0, payer: 0, staff: 1 },
  ],
  [
    "it succeeds, then comes back",
    {},
    ["expired_or_canceled_card"],
    { state: "failed", credited: 0, payer: 1, staff: 1 },
  ],
  [
    "it waits, succeeds, and comes back",
    waits,
    ["succeeds", "lost_or_stolen_card"],
    { state: "failed", credited: 0, payer: 1, staff: 1 },
  ],
];
const stateOf = async (captureId: string) =>
  (await listRefundsOf(db(), desk.caller.firm, captureId))[0]?.state;
const creditNotes = async () => (await creditNotesOf(simulator(), desk.tenantId)).length;
const lettersTo = async (who: "staff" | "payer", captureId: string) => {
  const job = who === "staff" ? "payments.refund-failed" : "payments.refund-succeeded";
  const { rowCount } =
    await db().execute(sql`select 1 from queue.job join refunds on refunds.id::text = data->>'refundId'
      where name = ${job} and capture_id = ${captureId}`);
  return rowCount;
};
const startAtStripe = async (begins: Row[1]) => {
  const capture = await paidByCard(desk);
  const { id } = await simulator().control<{ id: string }>("POST", "/control/stripe/refund", {
    ...{ payment: capture.objectRef, amount: 1_000, ...begins },
  });
  return { capture, told: { processorAccountId: capture.processorAccountId, objectRef: id } };
};
const answered = (refund: string, answer: string) =>
  simulator().control("POST", "/control/stripe/refund-answer", { refund, answer });
const written = async () => {
  for (let turn = 0; turn < 3; turn += 1) {
    await Promise.all([postRefundsAndDisputes(db()), postRefundsAndDisputes(db())]);
    await runToIdle(db());
  }
};
const end = async (captureId: string, before: number) => ({
  state: await stateOf(captureId),
  credited: (await creditNotes()) - before,
  payer: await lettersTo("payer", captureId),
  staff: await lettersTo("staff", captureId),
});

test.each(rows)("%s: each time heard twice at once, and late again", async (_, begins, answers, wanted) => {
  const before = await creditNotes();
  const { capture, told } = await startAtStripe(begins);
  const heard: ("pending" | "succeeded" | "failed")[] = [];
  const hear = async () => {
    await Promise.all([readRefund(db(), told), readRefund(db(), told)]);
    const state = await stateOf(capture.id);
    if (state !== undefined && state !== "asked") heard.push(state);
    await written();
  };
  await hear();
  for (const answer of answers) {
    await answered(told.objectRef, answer);
    await hear();
  }
  // What was said before comes in once more, the latest first.
  for (const state of heard.toReversed())
    await recordRefund(db(), told.processorAccountId, {
      ...{ refundRef: told.objectRef, objectRef: capture.objectRef, refundId: null },
      ...{ amountMinor: 1_000n, currency: "AUD", state, createdAt: new Date() },
    });
  await written();
  expect(await end(capture.id, before)).toEqual(wanted);
  expect(await breaks(db(), simulator())).toEqual([]);
});

test.each(rows)("%s: heard of in the end alone", async (_, begins, answers, wanted) => {
  const before = await creditNotes();
  const { capture, told } = await startAtStripe(begins);
  for (const answer of answers) await answered(told.objectRef, answer);
  await Promise.all([readRefund(db(), told), readRefund(db(), told)]);
  await written();
  // Who never heard that it went is not told that it came back.
  const payer = wanted.state === "succeeded" ? wanted.payer : 0;
  expect(await end(capture.id, before)).toEqual({ ...wanted, payer });
  expect(await breaks(db(), simulator())).toEqual([]);
});
