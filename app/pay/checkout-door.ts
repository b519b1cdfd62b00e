import "server-only";
import { redirect } from "next/navigation";
import { type CheckoutPage, readCheckout } from "#lib/checkout/read.ts";
import { db } from "#lib/core/db.ts";
import { ownTokenHashes, type PayParams, payPath } from "./pay-door.ts";

/** A checkout in an address. Its token is a secret: whoever has the address may read it. */
export type CheckoutParams = PayParams & { token: string };

export function checkoutPath(params: CheckoutParams): string {
  return `${payPath(params)}/checkout/${encodeURIComponent(params.token)}`;
}

/** The checkout at this address; else leads to the page that says there is none (Next's own needs JavaScript to show). */
export async function checkoutAt(params: CheckoutParams): Promise<CheckoutPage> {
  const page = await readCheckout(db(), {
    companySlug: params.company,
    firmSlug: params.firm,
    token: params.token,
    ownTokenHashes: await ownTokenHashes(),
  });
  return page ?? redirect(`${payPath(params)}/stopped?why=gone`);
}
