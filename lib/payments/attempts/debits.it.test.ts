import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { sendDebitFailed } from "#lib/checkout/letters/send-debit-failed.ts";
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
  sessionIn,
} from "#lib/testing/desk.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { breaks, invoiceInXero, runToIdle } from "#lib/testing/truth/truth.ts";
import { getAttempt } from "../store.ts";
import { pollAttempts } from "./poll-attempts.ts";
import { settleAttempt } from "./settle-attempt.ts";

const db = testDb();
const simulator = testSimulator();
const LINK = { number: "INV-2013", amount: "100.00" };
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(db(), simulator());
});
beforeEach(async () => {
  await saveMethods(db(), desk.caller, { takesDebits: true });
  await owe100(desk);
});

/** A payer commits and gives a debit of their bank account on Stripe's page. */
async function giveDebit(email = "payer@client.example") {
  const token = await begin(desk, LINK);
  const committed = await commit(desk, token, { email });
  if (committed.kind !== "pay") throw new Error(committed.kind);
  const attempt = await attemptOf(desk, token);
  const session = sessionIn(committed.url);
  await simulator().control("POST", "/control/stripe/complete", { session, debit: "au_becs_debit" });
  expect(await settleAttempt(db(), attempt.id)).toBe("submitted");
  return { token, attemptId: attempt.id, session };
}

const answer = (payment: string, said: string) =>
  simulator().control("POST", "/control/stripe/debit", { payment, answer: said });
const inXero = () => invoiceInXero(simulator(), desk.tenantId, LINK.number);
const payable = async () => {
  const opened = await openAt(desk, LINK);
  const line = opened.kind === "open" && opened.lines.find(({ number }) => number === LINK.number);
  return line ? { payableMinor: line.payableMinor, why: line.why } : opened.kind;
};

test("a bank debit holds its invoice for days, for every payer, and is in Xero only once it is confirmed", async () => {
  const { token, attemptId, session } = await giveDebit();
  await pollAttempts(db(), new Date(Date.now() + 86_400_000));
  expect((await getAttempt(db(), attemptId))?.state).toBe("submitted");
  expect(await payable()).toEqual({ payableMinor: 0n, why: "debit" });
  expect((await commit(desk, token)).kind).toBe("receipt");
  expect((await pageOf(desk, token)).submittedAt).toBeInstanceOf(Date);
  await runToIdle(db());
  expect((await inXero()).amountDue).toBe(10_000);

  await answer(session, "succeeds");
  expect(await settleAttempt(db(), attemptId)).toBe("captured");
  await runToIdle(db());
  expect((await inXero()).amountDue).toBe(0);
  expect(await breaks(db(), simulator())).toEqual([]);
});

test("a bank debit that fails days later: nothing is in Xero, the invoice is open again, and the payer is told once", async () => {
  const email = "failing@client.example";
  const { attemptId, session } = await giveDebit(email);
  await answer(session, "insufficient_funds");
  expect(await settleAttempt(db(), attemptId)).toBe("closed");
  expect(await settleAttempt(db(), attemptId)).toBe("closed");
  expect(await payable()).toEqual({ payableMinor: 10_000n, why: null });
  await runToIdle(db());
  expect((await inXero()).amountDue).toBe(10_000);

  await sendDebitFailed(db(), attemptId);
  await sendDebitFailed(db(), attemptId);
  const { messages: letters } = await simulator().control<{ messages: { text: string }[] }>(
    "GET",
    `/control/mail?to=${email}`,
  );
  expect(letters).toHaveLength(1);
  expect(letters[0]?.text).toContain("Nothing was paid");
  expect(letters[0]?.text).toContain("INV-2013: 100.00");
  expect(await breaks(db(), simulator())).toEqual([]);
});

test("an answer whose event was lost is asked for within the hour", async () => {
  const { attemptId, session } = await giveDebit();
  await answer(session, "succeeds");
  await pollAttempts(db(), new Date());
  expect((await getAttempt(db(), attemptId))?.state).toBe("submitted");
  await db().execute(
    sql`update attempts set last_polled_at = now() - interval '61 minutes' where id = ${attemptId}`,
  );
  await pollAttempts(db(), new Date());
  expect((await getAttempt(db(), attemptId))?.state).toBe("captured");
  await runToIdle(db());
});

test("a firm that takes no debits offers none", async () => {
  await saveMethods(db(), desk.caller, { takesDebits: false });
  const committed = await commit(desk, await begin(desk, LINK));
  if (committed.kind !== "pay") throw new Error(committed.kind);
  const given = { session: sessionIn(committed.url), debit: "au_becs_debit" };
  await expect(simulator().control("POST", "/control/stripe/complete", given)).rejects.toThrow(
    "no such debit",
  );
});
