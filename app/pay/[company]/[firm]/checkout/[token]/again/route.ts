import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { startAgain } from "#lib/checkout/start-again.ts";
import { db } from "#lib/core/db.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { payPost } from "../../../../../pay-post.ts";

const form = z.strictObject({});

/** Start again where somebody else has begun to pay what this checkout is for. */
export const POST = payPost<typeof form, CheckoutParams>(form, async (_, params, request) => {
  const { firm, checkout, lines } = await checkoutAt(params);
  const held = lines.filter((line) => line.held).map(({ invoiceId }) => invoiceId);
  const given = await startAgain(db(), {
    ...{ firmId: firm.firmId, connectionId: checkout.connectionId },
    ...{ invoiceIds: held, ip: clientAddress(request.headers) },
  });
  return seeOther(`${checkoutPath(params)}${given === "not_now" ? "/waiting?why=busy&again=1" : ""}`);
});
