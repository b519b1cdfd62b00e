/** Test only: a payer's commit, or the capture of their money, is killed at one effect; payer, webhook and poller come again. */
import { sql } from "drizzle-orm";
import { refreshInvoices } from "#lib/mirror/sync/refresh-invoices.ts";
import { pollAttempts } from "#lib/payments/attempts/poll-attempts.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { reflectLeftovers } from "#lib/posting/sending/reflect.ts";
import { attemptOf, begin, commit, type Desk, payAtStripe, sessionIn } from "../desk.ts";
import { breaks, buried, holdsLeft, invoiceInXero, runToIdle } from "../truth/truth.ts";
import type { Crasher } from "./crash.ts";

export const MOMENTS = ["commit", "settle", "cancel"] as const;
export type PayCrash = { moment: (typeof MOMENTS)[number]; at: number; how: "kill" | "hold"; fault?: object };

/** Two part-paid invoices of one client that owe 100.00 each. */
const NUMBERS = ["INV-2017", "INV-2013"] as const;

export async function crashPayment(
  desk: Desk,
  crasher: Crasher,
  { moment, at, how, fault }: PayCrash,
): Promise<{ breaks: string[]; points: string[] | null }> {
  const { db, simulator } = desk;
  await owe100(desk);
  const token = await begin(desk, { number: NUMBERS[0], amount: "100.00" }, { also: [NUMBERS[1]] });
  if (moment !== "commit") await commit(desk, token);
  const attempt = moment === "commit" ? undefined : await attemptOf(desk, token);
  if (moment === "settle") await payAtStripe(desk, attempt?.sessionRef ?? "");

  if (fault)
    await simulator.control("POST", "/control/faults", {
      method: "*",
      path: "/v1/*",
      times: 3,
      effect: fault,
    });
  const work =
    moment === "commit"
      ? { kind: moment, place: desk.place, token }
      : { kind: moment, attemptId: attempt?.id ?? "" };
  const held = await crasher.hold({ at, how, work });
  await simulator.control("DELETE", "/control/faults");
  if (how === "kill") await buried(db);
  await comeAgain(desk, token);
  const { points } = await held.goOn();
  await settleAll(desk);
  await db.execute(
    sql`update attempts set created_at = now() - interval '10 minutes', expires_at = now() - interval '1 second', last_polled_at = null where state in ('creating', 'open')`,
  );
  await pollAttempts(db, new Date());
  await runToIdle(db);
  await reflectLeftovers(db);
  return { breaks: [...(await breaks(db, simulator)), ...(await holdsLeft(db))], points };
}

/** Makes each of these invoices owe 100.00 again. */
export async function owe100({ db, simulator, tenantId, books }: Desk): Promise<void> {
  for (const number of NUMBERS) {
    const { id, amountPaid } = await invoiceInXero(simulator, tenantId, number);
    await simulator.control("POST", "/control/xero/invoice", {
      tenantId,
      invoice: id,
      total: (amountPaid / 100 + 100).toFixed(2),
      status: "AUTHORISED",
    });
    await refreshInvoices(db, books, { ids: [id], purpose: "sync" });
  }
}

/** The payer presses Pay again, and pays wherever they are sent; another payer tries too. */
async function comeAgain(desk: Desk, token: string): Promise<void> {
  const again = await commit(desk, token);
  if (again.kind === "pay") await payAtStripe(desk, sessionIn(again.url));
  const other = await begin(desk, { number: NUMBERS[0], amount: "100.00" }).catch(() => null);
  const second = other === null ? null : await commit(desk, other);
  if (second?.kind === "pay") await payAtStripe(desk, sessionIn(second.url));
  await settleAll(desk);
}

async function settleAll({ db }: Desk): Promise<void> {
  const { rows } = await db.execute(
    sql`select id from attempts where state in ('creating', 'open') for update skip locked`,
  );
  await Promise.all(
    rows.flatMap((row) => [settleAttempt(db, String(row.id)), settleAttempt(db, String(row.id))]),
  );
}
