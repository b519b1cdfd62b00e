import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import type { Account } from "../accounts.ts";
import { checkCurrency } from "../currencies.ts";
import { getObject } from "../objects.ts";
import { invalid } from "../wire/errors.ts";
import { newId } from "../wire/ids.ts";
import type { Params } from "../wire/params.ts";
import { getDetails } from "./details.ts";

/** TYPES Checkout.SessionCreateParams.line_items: "For `payment` mode, there is a maximum of 100 line items". */
const MOST = 100;

/** Lines with a price made on the spot; this account keeps no catalogue of prices. */
export function readLineItems(params: Params, created: number, livemode: boolean): Stripe.LineItem[] {
  const given = params.groups("line_items");
  if (given.length > MOST) {
    throw invalid(`Array line_items exceeded maximum ${MOST} allowed elements.`, undefined, "line_items");
  }
  const lines = given.map((line) => readLine(line, created, livemode));
  if (lines.length === 0) params.missing("line_items");
  if (new Set(lines.map(({ currency }) => currency)).size > 1) {
    throw invalid("All line items must have the same currency.", undefined, "line_items");
  }
  return lines;
}

function readLine(line: Params, created: number, livemode: boolean): Stripe.LineItem {
  if (line.has("price")) {
    const id = line.requiredText("price");
    throw invalid(`No such price: '${id}'`, "resource_missing", line.nameOf("price"));
  }
  const priceData = line.group("price_data") ?? line.missing("price_data");
  const product = priceData.group("product_data") ?? priceData.missing("product_data");
  const name = product.requiredText("name");
  const description = product.text("description");
  product.metadata();
  product.echo("tax_code");
  const currency = checkCurrency(priceData.requiredText("currency"), priceData.nameOf("currency"));
  const unitAmount = priceData.requiredInteger("unit_amount");
  const taxBehavior = priceData.oneOf("tax_behavior", ["exclusive", "inclusive", "unspecified"]);
  const quantity = line.requiredInteger("quantity");
  if (unitAmount < 0) {
    throw invalid(
      "Invalid non-negative integer",
      "parameter_invalid_integer",
      priceData.nameOf("unit_amount"),
    );
  }
  if (quantity < 1)
    throw invalid("Invalid positive integer", "parameter_invalid_integer", line.nameOf("quantity"));
  const total = unitAmount * quantity;
  return {
    id: newId("li_1"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency,
    description: description ? `${name} (${description})` : name,
    metadata: {},
    price: {
      id: newId("price_1"),
      object: "price",
      active: false,
      billing_scheme: "per_unit",
      created,
      currency,
      custom_unit_amount: null,
      livemode,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newId("prod_"),
      recurring: null,
      tax_behavior: taxBehavior ?? "unspecified",
      tiers_mode: null,
      transform_quantity: null,
      type: "one_time",
      unit_amount: unitAmount,
      unit_amount_decimal: String(unitAmount) as unknown as Stripe.Decimal,
    },
    quantity,
  };
}

export function lineItemList(world: World, account: Account, sessionId: string): object {
  const known = getObject<Stripe.Checkout.Session>(world, account.id, "checkout.session", sessionId);
  const data = known ? getDetails(world, sessionId).lineItems : [];
  return { object: "list", data, has_more: false, url: `/v1/checkout/sessions/${sessionId}/line_items` };
}
