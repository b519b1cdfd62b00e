import { beforeAll, beforeEach, expect, test } from "vitest";
import { linesAbout } from "#lib/audit/read.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { saveMethods } from "#lib/processor/save-methods.ts";
import { owe100 } from "#lib/testing/crashes/pay-crashes.ts";
import { testDb } from "#lib/testing/database.ts";
import {
  attemptOf,
  begin,
  commit,
  type Desk,
  openAt,
  openDesk,
  pageOf,
  payAtStripe,
  sessionIn,
} from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoiceInXero, loose, runToIdle, sessionsInStripe } from "#lib/testing/truth/truth.ts";
import { startAgain } from "./start-again.ts";

const db = testDb();
const simulator = testSimulator();
const LINK = { number: "INV-2013", amount: "100.00" };
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
  await saveMethods(db(), desk.caller, { takesDebits: true });
});
beforeEach(async () => {
  await simulator().control("DELETE", "/control/faults");
  await owe100(desk);
});

/** Somebody begins to pay on some device, and leaves. */
async function begun() {
  const token = await begin(desk, LINK);
  const committed = await commit(desk, token);
  if (committed.kind !== "pay") throw new Error(committed.kind);
  return { token, session: sessionIn(committed.url), attempt: await attemptOf(desk, token) };
}
/** What whoever has the right link sees of the invoice, on a device of their own. */
async function lineHere() {
  const opened = await openAt(desk, LINK);
  const line = opened.kind === "open" && opened.lines.find(({ number }) => number === LINK.number);
  if (!line) throw new Error(`Not shown: ${opened.kind}`);
  return line;
}
const again = async () =>
  startAgain(db(), { ...desk.books, invoiceIds: [(await lineHere()).invoiceId], ip: "198.51.100.1" });
const charges = async () =>
  (await sessionsInStripe(simulator())).filter((session) => session.payment_status === "paid").length;
const right = async () => {
  await runToIdle(db());
  expect([...(await breaks(db(), simulator())), ...(await loose(db()))]).toEqual([]);
};

test("who has the right link starts again at once, on any device: what was begun can't be paid any more", async () => {
  const { session, attempt } = await begun();
  const before = await charges();
  expect(await lineHere()).toMatchObject({
    why: "held",
    held: { since: attempt.createdAt, until: attempt.expiresAt },
  });
  expect(await again()).toBe("free");
  expect(await lineHere()).toMatchObject({ why: null, payableMinor: 10_000n });
  expect(await payAtStripe(desk, session)).toBe("closed");
  const here = await begun();
  expect(await payAtStripe(desk, here.session)).toBe("authorized");
  expect(await settleAttempt(db(), here.attempt.id)).toBe("captured");
  expect(await charges()).toBe(before + 1);
  const lines = await linesAbout(db(), desk.books.firmId, [`attempt:${attempt.id}`]);
  expect(lines.map(({ action }) => action)).toEqual([
    "payment.held",
    "payment.started-again",
    "payment.released",
  ]);
  await right();
  expect((await invoiceInXero(simulator(), desk.tenantId, LINK.number)).amountDue).toBe(0);
});

test("what was paid there in the meantime counts, and nothing is charged again", async () => {
  const { session } = await begun();
  const before = await charges();
  await payAtStripe(desk, session);
  expect(await again()).toBe("paid");
  expect(await lineHere()).toMatchObject({ why: "on_its_way", payableMinor: 0n });
  expect(await charges()).toBe(before + 1);
  await right();
});

test("a bank debit under way can't be given up: the invoice stays held", async () => {
  const { session, attempt } = await begun();
  await simulator().control("POST", "/control/stripe/complete", { session, debit: "au_becs_debit" });
  expect(await again(), "Stripe knows before us").toBe("submitted");
  await settleAttempt(db(), attempt.id);
  expect(await again()).toBe("submitted");
  expect(await lineHere()).toMatchObject({ why: "debit", payableMinor: 0n });
  await simulator().control("POST", "/control/stripe/debit", {
    payment: session,
    answer: "insufficient_funds",
  });
  expect(await settleAttempt(db(), attempt.id)).toBe("closed");
});

test("while Stripe can't end what was begun, its invoice stays held", async () => {
  const { session, attempt } = await begun();
  const fault = { method: "POST", path: "/v1/checkout/sessions/*", times: 9, effect: { kind: "cut-before" } };
  await simulator().control("POST", "/control/faults", fault);
  expect(await again()).toBe("not_now");
  expect(await lineHere()).toMatchObject({ why: "held" });
  await simulator().control("DELETE", "/control/faults");
  await payAtStripe(desk, session);
  expect(await settleAttempt(db(), attempt.id)).toBe("captured");
  await right();
});

test("ten times: one pays while others start again and pay: one charge each time", async () => {
  for (let round = 0; round < 10; round += 1) {
    await owe100(desk);
    const before = await charges();
    const { session, attempt } = await begun();
    const starting = async () => {
      await again();
      const token = await begin(desk, LINK).catch(() => null);
      if (token === null) return;
      const committed = await commit(desk, token);
      if (committed.kind !== "pay") return;
      const mine = await attemptOf(desk, token).catch(() => null);
      await payAtStripe(desk, sessionIn(committed.url));
      if (mine) await settleAttempt(db(), mine.id);
    };
    const races = [() => payAtStripe(desk, session), starting, starting];
    await Promise.all([...races.slice(round % 3), ...races.slice(0, round % 3)].map((race) => race()));
    await settleAttempt(db(), attempt.id);
    await right();
    expect((await charges()) - before).toBeLessThanOrEqual(1);
    const { id, amountDue } = await invoiceInXero(simulator(), desk.tenantId, LINK.number);
    expect(amountDue, id).toBe((await charges()) > before ? 0 : 10_000);
  }
}, 300_000);

test("what was typed on the other device is not shown here", async () => {
  const { attempt } = await begun();
  await again();
  const token = await begin(desk, LINK);
  const { checkout, receiptTo } = await pageOf(desk, token);
  expect([checkout.payerName, checkout.payerEmail, receiptTo]).toEqual([null, null, null]);
  expect(attempt.payerEmail).toBe("payer@client.example");
});
