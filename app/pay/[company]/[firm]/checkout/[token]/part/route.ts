import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { chooseAmounts } from "#lib/checkout/choose-amounts.ts";
import { db } from "#lib/core/db.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { payPost } from "../../../../../pay-post.ts";

/** An amount for each invoice, in the same order, as typed. */
const form = z
  .strictObject({
    invoice: z.array(z.uuid()).min(1).max(200),
    amount: z.array(z.string().max(40)).min(1).max(200),
  })
  .refine(({ invoice, amount }) => invoice.length === amount.length);

/** The payer pays a part, where the firm takes parts. */
export const POST = payPost<typeof form, CheckoutParams>(
  form,
  async ({ invoice, amount }, params, request) => {
    const typed = new Map(invoice.map((id, at) => [id, amount[at] ?? ""]));
    const page = await checkoutAt(params);
    const chosen = await chooseAmounts(db(), page, { typed, ip: clientAddress(request.headers) });
    const wrong =
      chosen.kind === "wrong"
        ? `?${new URLSearchParams({ part: chosen.invoiceId, typed: chosen.typed })}`
        : "";
    return seeOther(checkoutPath(params) + wrong);
  },
);
