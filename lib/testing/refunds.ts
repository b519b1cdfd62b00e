/** Test only: a payment that can go back, and the time in which all that is owed of refunds is seen to. */
import { sql } from "drizzle-orm";
import { captureOf } from "#lib/payments/attempts/checkout-attempts.ts";
import { settleAttempt } from "#lib/payments/attempts/settle-attempt.ts";
import { postRefundsAndDisputes } from "#lib/payments/post-refunds-and-disputes.ts";
import { settleRefunds } from "#lib/payments/refunds/settle-refund.ts";
import { reflectLeftovers } from "#lib/posting/sending/reflect.ts";
import { owe100 } from "./crashes/pay-crashes.ts";
import { attemptOf, begin, commit, type Desk, pageOf, payAtStripe } from "./desk.ts";
import { breaksOfRefunds } from "./truth/refund-truth.ts";
import { breaks, runToIdle } from "./truth/truth.ts";

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
  await postRefundsAndDisputes(db);
  await runToIdle(db);
  await reflectLeftovers(db);
  return [...(await breaks(db, simulator)), ...(await breaksOfRefunds(db, simulator))];
}
