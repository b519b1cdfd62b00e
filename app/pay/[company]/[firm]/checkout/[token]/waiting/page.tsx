import type { Metadata } from "next";
import { NotJustNowView } from "#components/pay/states/not-just-now-view.tsx";
import { SomeonePayingView } from "#components/pay/states/someone-paying-view.tsx";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { faceOf, PayPage } from "../../../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Nothing was charged" } };

type Props = { params: Promise<CheckoutParams>; searchParams: Promise<{ why?: string }> };

/** Why Pay could not go on: somebody else is paying, or the money could not be recorded. Nothing was charged. */
export default async function WaitingPage({ params: given, searchParams }: Props) {
  const params = await given;
  const { firm, books } = await checkoutAt(params);
  const retryHref = checkoutPath(params);
  return (
    <PayPage params={params} firm={firm} books={books} step="details">
      {(await searchParams).why === "busy" ? (
        <SomeonePayingView continueHref={null} retryHref={retryHref} />
      ) : (
        <NotJustNowView firm={faceOf(params, firm, books)} retryHref={retryHref} />
      )}
    </PayPage>
  );
}
