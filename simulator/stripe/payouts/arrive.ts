import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { insertEntry } from "../balance/entry.ts";
import { unschedule } from "../due.ts";
import { recordEvent } from "../events/record-event.ts";
import { getObject, saveObject } from "../objects.ts";
import { completeReconciliation } from "./automatic.ts";

type Payout = Stripe.Payout;

const FAILURES = {
  account_closed: "The bank account has been closed.",
  account_frozen: "The bank account has been frozen.",
  could_not_process: "The bank could not process this payout.",
  declined: "The bank has declined this payout.",
  incorrect_account_holder_name:
    "Your bank notified us that the bank account holder name on file is incorrect.",
  no_account:
    "The bank account details on file are probably incorrect. No bank account could be located with those details.",
} as const;

export type PayoutFailure = keyof typeof FAILURES;

export const PAYOUT_FAILURES = Object.keys(FAILURES) as PayoutFailure[];

/** The clock's work, and a lever's: the bank has it. */
export function payoutArrives(world: World, account: string, id: string): void {
  const payout = getObject<Payout>(world, account, "payout", id);
  if (!payout) throw new Error(`No payout ${id}`);
  unschedule(world, "payout.arrives", id);
  const paid = saveObject<Payout>(world, {
    ...payout,
    ...{ status: "paid", trace_id: { status: "supported", value: `SIMTRACE${id.slice(-12).toUpperCase()}` } },
  });
  recordEvent(world, account, "payout.paid", paid);
  world.journal.write("stripe.payout.paid", { payout: id, account, amount: payout.amount });
  if (paid.reconciliation_status === "in_progress") completeReconciliation(world, account, paid);
}

/** Also after it was paid: the money is in the balance again, for the next payout. */
export function failPayout(world: World, account: string, payout: Payout, code: PayoutFailure): Payout {
  const entry = insertEntry(world, account, {
    ...{ type: "payout_failure", category: "payout_reversal", source: payout.id, amount: payout.amount },
    description: "PAYOUT FAILURE",
  });
  unschedule(world, "payout.arrives", payout.id);
  const failed = saveObject<Payout>(world, {
    ...payout,
    status: "failed",
    failure_balance_transaction: entry.id,
    failure_code: code,
    failure_message: FAILURES[code],
    trace_id: { status: "unsupported", value: null },
  });
  recordEvent(world, account, "payout.failed", failed);
  world.journal.write("stripe.payout.failed", { payout: payout.id, account, amount: payout.amount, code });
  return failed;
}
