import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { CancelledView } from "#components/pay/states/cancelled-view.tsx";
import { db } from "#lib/core/db.ts";
import { wasLetGo } from "#lib/payments/attempts/checkout-attempts.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { PayPage } from "../../../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Nothing was charged" } };

/** Back from the processor's page without paying. Changes nothing: the payment can go on where it was left. */
export default async function CancelledPage({ params: given }: { params: Promise<CheckoutParams> }) {
  const params = await given;
  const { firm, books, checkout, captureId, payAt, submittedAt, isTest } = await checkoutAt(params);
  if (captureId || submittedAt) redirect(`${checkoutPath(params)}/receipt`);
  if (await wasLetGo(db(), checkout.id)) redirect(`${checkoutPath(params)}/waiting?why=let-go`);
  return (
    <PayPage params={params} firm={firm} books={books} step="pay" isTest={isTest}>
      <CancelledView tryAgainHref={payAt ?? checkoutPath(params)} backHref={checkout.backPath} />
    </PayPage>
  );
}
