import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { insertEntry } from "../balance/entry.ts";
import { stripeSeconds } from "../clock.ts";
import { schedule } from "../due.ts";
import { type EventRequest, recordEvent } from "../events/record-event.ts";
import { insertObject } from "../objects.ts";
import { newId } from "../wire/ids.ts";

type Payout = Stripe.Payout;

/** Negative for money that is taken from the bank account to cover a negative balance. */
export type NewPayout = {
  amount: number;
  automatic: boolean;
  description: string | null;
  metadata: Record<string, string>;
  statementDescriptor: string | null;
};

const DAY = 86_400;

/** On its way to the bank account, where it arrives at midnight of the day after tomorrow. */
export function insertPayout(
  world: World,
  accountId: string,
  wish: NewPayout,
  request?: EventRequest,
): { payout: Payout; entry: Stripe.BalanceTransaction } {
  const account = getAccount(accountId);
  const created = stripeSeconds(world);
  const id = newId("po_1");
  const entry = insertEntry(world, accountId, {
    ...{ type: "payout", category: "payout", source: id, amount: -wish.amount },
    description: wish.description ?? "STRIPE PAYOUT",
  });
  const payout = insertObject<Payout>(world, accountId, {
    id,
    object: "payout",
    amount: wish.amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: created - (created % DAY) + 2 * DAY,
    automatic: wish.automatic,
    balance_transaction: entry.id,
    created,
    currency: account.currency,
    description: wish.description ?? "STRIPE PAYOUT",
    destination: account.shownId.replace("acct_", "ba_"),
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: wish.metadata,
    method: "standard",
    original_payout: null,
    payout_method: null,
    reconciliation_status: wish.automatic ? "in_progress" : "not_applicable",
    reversed_by: null,
    source_type: "card",
    statement_descriptor: wish.statementDescriptor,
    status: "in_transit",
    trace_id: { status: "pending", value: null },
    type: "bank_account",
  });
  schedule(world, "payout.arrives", id, payout.arrival_date);
  recordEvent(world, accountId, "payout.created", payout, request);
  world.journal.write("stripe.payout.created", {
    ...{ payout: id, account: accountId, amount: wish.amount, automatic: wish.automatic },
  });
  return { payout, entry };
}
