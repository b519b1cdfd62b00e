/** Test only: a payment that can go back, and the time in which all that is owed of refunds is seen to. */
import { sql } from "drizzle-orm";
import { captureOf } from "#lib/payments/of-checkout.ts";
import { settleAttempt } from "#lib/payments/settle-attempt.ts";
import { settleRefunds } from "#lib/payments/settle-refund.ts";
import { tellXero } from "#lib/payments/tell-xero.ts";
import { reflectLeftovers } from "#lib/posting/reflect.ts";
import { attemptOf, begin, commit, type Desk, pageOf, payAtStripe } from "./desk.ts";
import { owe100 } from "./pay-crashes.ts";
import { breaksOfRefunds } from "./refund-truth.ts";
import { breaks, runToIdle } from "./truth.ts";

/** A card payment of 100.00 for each of so many invoices, of which Xero knows nothing yet; its capture. */
export async function takenByCard(desk: Desk, invoices: 1 | 2 = 1) {
  await owe100(desk);
  const also = invoices === 2 ? ["INV-2013"] : [];
  const token = await begin(desk, { number: "INV-2017", amount: "100.00" }, { also });
  await commit(desk, token);
  const attempt = await attemptOf(desk, token);
  await payAtStripe(desk, attempt.sessionRef ?? "");
  await settleAttempt(desk.db, attempt.id);
  const capture = await captureOf(desk.db, (await pageOf(desk, token)).checkout.id);
  if (!capture) throw new Error("Not captured");
  return capture;
}

/** The same, in Xero. */
export async function paidByCard(desk: Desk, invoices: 1 | 2 = 1) {
  const capture = await takenByCard(desk, invoices);
  await runToIdle(desk.db);
  return capture;
}

/** Whatever waits has its turn; then every way in which Stripe, Xero and the database disagree. */
export async function breaksInTheEnd({ db, simulator }: Desk): Promise<string[]> {
  await db.execute(sql`update refunds set created_at = now() - interval '2 hours', last_polled_at = now() - interval '2 hours'
    where state in ('asked', 'pending')`);
  await settleRefunds(db);
  await runToIdle(db);
  await tellXero(db);
  await runToIdle(db);
  await reflectLeftovers(db);
  return [...(await breaks(db, simulator)), ...(await breaksOfRefunds(db, simulator))];
}
