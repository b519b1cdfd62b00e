import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { acceptAmounts } from "#lib/checkout/accept-amounts.ts";
import { db } from "#lib/core/db.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { payPost } from "../../../../../pay-post.ts";

const form = z.strictObject({});

/** The payer goes on with the amounts that are due now. */
export const POST = payPost<typeof form, CheckoutParams>(form, async (_, params, request) => {
  const page = await checkoutAt(params);
  const left = await acceptAmounts(db(), page, clientAddress(request.headers));
  return seeOther(left ? checkoutPath(params) : page.checkout.backPath);
});
