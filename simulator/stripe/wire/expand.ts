import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import type { Account } from "../accounts.ts";
import { getAny, listOfIntent } from "../objects.ts";
import { lineItemList } from "../sessions/line-items.ts";
import { invalid } from "./errors.ts";

const EXPANDABLE = new Set([
  "application_fee",
  "balance_transaction",
  "charge",
  "customer",
  "failure_balance_transaction",
  "invoice",
  "latest_charge",
  "payment_intent",
  "payment_link",
  "payment_method",
  "review",
  "setup_intent",
  "source",
  "source_transfer",
  "subscription",
  "transfer",
  "transfer_data",
]);

const DEEPEST = 4;

/** `payment_intent.latest_charge.balance_transaction`, and `data.…` in lists. */
export function expand(world: World, account: Account, answer: object, paths: string[]): object {
  const copy = structuredClone(answer) as Record<string, unknown>;
  for (const path of paths) {
    const names = path.split(".");
    if (names.filter((name) => name !== "data").length > DEEPEST) {
      throw invalid(`You cannot expand more than ${DEEPEST} levels of a property.`, undefined, "expand");
    }
    walk(world, account, copy, names, path);
  }
  return copy;
}

function walk(
  world: World,
  account: Account,
  target: Record<string, unknown>,
  [name = "", ...rest]: string[],
  path: string,
): void {
  if (name === "data" && Array.isArray(target.data)) {
    for (const row of target.data) walk(world, account, row, rest, path);
    return;
  }
  target[name] = expanded(world, account, target, name, path);
  const next = target[name];
  if (rest.length > 0 && next !== null) {
    walk(world, account, next as Record<string, unknown>, rest, path);
  }
}

function expanded(
  world: World,
  account: Account,
  target: Record<string, unknown>,
  name: string,
  path: string,
): unknown {
  if (target.object === "checkout.session" && name === "line_items") {
    return lineItemList(world, account, String(target.id));
  }
  if (target.object === "charge" && name === "refunds") {
    const data = listOfIntent<Stripe.Refund>(
      world,
      account.id,
      "refund",
      String(target.payment_intent),
    ).filter((refund) => refund.charge === target.id);
    return { object: "list", data, has_more: false, url: `/v1/charges/${target.id}/refunds` };
  }
  // TYPES: a charge has it once there is a transfer, of which this simulator has none.
  if (target.object === "charge" && name === "transfer") return null;
  if (!EXPANDABLE.has(name) || !(name in target)) {
    throw invalid(`This property cannot be expanded (${name}).`, undefined, "expand");
  }
  const id = target[name];
  if (typeof id !== "string") return id;
  const found = getAny(world, account.id, id);
  if (!found) throw new Error(`${path}: nothing has the id ${id}`);
  return found;
}
