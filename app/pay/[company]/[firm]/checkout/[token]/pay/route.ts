import { z } from "zod";
import { seeOther } from "#app/door/see-other.ts";
import { type Committed, commitCheckout } from "#lib/checkout/commit.ts";
import { detailsForm } from "#lib/checkout/details.ts";
import { keepTyped } from "#lib/checkout/keep-typed.ts";
import { db } from "#lib/core/db.ts";
import { clientAddress } from "#lib/core/web/client-address.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { ownTokenHashes } from "../../../../../pay-door.ts";
import { payPost } from "../../../../../pay-post.ts";

/** As typed: what is wrong with it is said on the page, which keeps it. */
const form = z.strictObject({
  name: z.string().max(500).default(""),
  email: z.string().max(500).default(""),
  terms: z.string().max(20).default(""),
  version: z.string().max(40).default(""),
});

/** Pay: the details, the terms and the commit, then on to the processor's own page. */
export const POST = payPost<typeof form, CheckoutParams>(form, async (typed, params, request) => {
  const here = checkoutPath(params);
  const page = await checkoutAt(params);
  const details = detailsForm.safeParse(typed);
  if (!details.success) {
    await keepTyped(db(), page, typed);
    return seeOther(`${here}?check=1&terms=${typed.terms === "accepted" ? 1 : 0}`);
  }
  const committed = await commitCheckout(db(), page, {
    details: details.data,
    ip: clientAddress(request.headers),
    userAgent: request.headers.get("user-agent")?.slice(0, 300) ?? null,
    ownTokenHashes: await ownTokenHashes(),
    address: here,
  });
  return committed.kind === "pay"
    ? new Response(null, { status: 303, headers: { location: committed.url } })
    : seeOther(here + next(committed));
});

function next(committed: Exclude<Committed, { kind: "pay" }>): string {
  switch (committed.kind) {
    case "receipt":
      return "/receipt";
    case "changed":
      return "";
    case "terms_changed":
      return "?check=terms";
    case "busy":
      return "/waiting?why=busy";
    case "unpayable":
      return "";
    case "not_now":
      return "/waiting?why=not-now";
    case "not_set_up":
      return "/waiting?why=not-set-up";
    case "refused":
      return "/waiting?why=refused";
  }
}
