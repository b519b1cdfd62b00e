import type Stripe from "stripe";
import { html, page } from "../../core/html.ts";
import type { Req, Res, Route, World } from "../../core/types.ts";
import { getAccount } from "../accounts.ts";
import { formatMinor } from "../currencies.ts";
import { getObject, ownerOf } from "../objects.ts";
import { unknownPage } from "./pay-pages.ts";

/** What a charge's receipt_url leads to. */
function show(req: Req, world: World): Res {
  const id = req.params.intent ?? "";
  const owner = ownerOf(world, id);
  const intent = owner && getObject<Stripe.PaymentIntent>(world, owner, "payment_intent", id);
  if (!intent) return unknownPage();
  const { name } = getAccount(owner);
  return page({
    title: `Receipt from ${name}`,
    brand: "Stripe",
    body: html`<h1>Receipt from ${name}</h1>
<p class="big">${formatMinor(intent.amount_received || intent.amount, intent.currency)}</p>
<p>${intent.description}</p>`,
  });
}

export const receiptRoutes: Route[] = [{ method: "GET", pattern: "/receipts/:intent", handler: show }];
