import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api, type Call } from "../api.ts";
import { getObject } from "../objects.ts";
import { linesOf } from "../payouts/payout-lines.ts";
import { invalid, noSuch } from "../wire/errors.ts";
import { listPage } from "../wire/lists.ts";
import { balanceOf } from "./balance.ts";

type Entry = Stripe.BalanceTransaction;

const balance: ApiHandler = ({ world, account: { id, currency, livemode }, params }) => {
  params.done();
  const { available, pending } = balanceOf(world, id);
  const shown = (amount: number) => [{ amount, currency, source_types: { card: amount } }];
  return { object: "balance", available: shown(available), livemode, pending: shown(pending) };
};

/** Stripe knows what is in an automatic payout, once it has worked it out, and never what is in a manual one. */
function ofPayout({ world, account, params }: Call): Set<string> | null {
  const id = params.text("payout");
  if (id === null) return null;
  const payout = getObject<Stripe.Payout>(world, account.id, "payout", id);
  if (!payout) throw noSuch("payout", id, "payout");
  if (!payout.automatic) {
    throw invalid("Balance transaction history can only be filtered on automatic transfers, not manual.");
  }
  if (payout.reconciliation_status === "completed") return linesOf(world, id);
  throw invalid(
    `The balance transactions of payout ${id} are not ready yet. Listen to payout.reconciliation_completed.`,
    "payout_reconciliation_not_ready",
    "payout",
  );
}

const list: ApiHandler = (call) => {
  const lines = ofPayout(call);
  const id = call.params.text("source");
  const type = call.params.text("type");
  const currency = call.params.text("currency");
  return listPage<Entry>(
    call,
    "balance_transaction",
    (one) =>
      (lines === null || lines.has(one.id)) &&
      (type === null || one.type === type) &&
      (currency === null || one.currency === currency),
    { field: "source", id },
  );
};

const retrieve: ApiHandler = ({ world, account, id, params }) => {
  params.done();
  const entry = getObject<Entry>(world, account.id, "balance_transaction", id);
  if (!entry) throw noSuch("balance transaction", id);
  return entry;
};

export const balanceRoutes: Route[] = [
  api("GET", "/v1/balance", balance),
  api("GET", "/v1/balance_transactions", list),
  api("GET", "/v1/balance_transactions/:id", retrieve),
];
