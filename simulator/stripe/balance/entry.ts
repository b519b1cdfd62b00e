import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { stripeSeconds } from "../clock.ts";
import { schedule } from "../due.ts";
import { getObject, insertObject, saveObject } from "../objects.ts";
import { newId } from "../wire/ids.ts";
import { taxedFee } from "./fee-tax.ts";

type Entry = Stripe.BalanceTransaction;

/** One line of an account's balance, in the account's own currency and minor units. */
export type NewEntry = {
  type: Stripe.BalanceTransaction.Type;
  category: string;
  source: string | null;
  amount: number;
  fee?: { amount: number; description: string };
  /** In place of a fee: exactly these. */
  feeDetails?: Entry["fee_details"];
  description: string | null;
  /** Seconds since 1970; at once when it is left out. */
  availableOn?: number;
  exchangeRate?: number | null;
};

export function insertEntry(world: World, accountId: string, entry: NewEntry): Entry {
  const { currency } = getAccount(accountId);
  const created = stripeSeconds(world);
  const availableOn = Math.max(entry.availableOn ?? created, created);
  const details =
    entry.feeDetails ?? (entry.fee ? taxedFee(world, accountId, { ...entry.fee, currency }) : []);
  const fee = details.reduce((sum, { amount }) => sum + amount, 0);
  const inserted = insertObject<Entry>(world, accountId, {
    id: newId("txn_3"),
    object: "balance_transaction",
    amount: entry.amount,
    available_on: availableOn,
    balance_type: "payments",
    created,
    currency,
    description: entry.description,
    exchange_rate: entry.exchangeRate ?? null,
    fee,
    fee_details: details,
    net: entry.amount - fee,
    reporting_category: entry.category,
    source: entry.source,
    status: availableOn > created ? "pending" : "available",
    type: entry.type,
  });
  if (availableOn > created) schedule(world, "balance.available", inserted.id, availableOn);
  return inserted;
}

export function getEntry(world: World, account: string, id: string): Entry {
  const entry = getObject<Entry>(world, account, "balance_transaction", id);
  if (!entry) throw new Error(`No balance transaction ${id}`);
  return entry;
}

/** The clock's work: its money can be paid out from now on. */
export function becomeAvailable(world: World, account: string, id: string): void {
  saveObject<Entry>(world, { ...getEntry(world, account, id), status: "available" });
}
