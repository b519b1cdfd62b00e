import type { Metadata } from "next";
import { CantPayOnlineView } from "#components/pay/states/cant-pay-online-view.tsx";
import { NotJustNowView } from "#components/pay/states/not-just-now-view.tsx";
import { SomeonePayingView } from "#components/pay/states/someone-paying-view.tsx";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { faceOf, PayPage } from "../../../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Nothing was charged" } };

type Props = { params: Promise<CheckoutParams>; searchParams: Promise<{ why?: string }> };

const REFUSED =
  "The card processor did not accept this payment before any card or bank was asked. Trying again won't help until the reason is mended; the sender of the invoice can see it.";

/** Why Pay could not go on: somebody else is paying, the processor said no, or the money could not be recorded. Nothing was charged. */
export default async function WaitingPage({ params: given, searchParams }: Props) {
  const params = await given;
  const { firm, books, isTest } = await checkoutAt(params);
  const retryHref = checkoutPath(params);
  const face = faceOf(params, firm, books);
  const { why } = await searchParams;
  return (
    <PayPage params={params} firm={firm} books={books} step="details" isTest={isTest}>
      {why === "busy" && <SomeonePayingView continueHref={null} retryHref={retryHref} />}
      {why === "refused" && <CantPayOnlineView firm={face} reason={REFUSED} />}
      {why === "not-set-up" && <CantPayOnlineView firm={face} reason={null} />}
      {!(why && ["busy", "refused", "not-set-up"].includes(why)) && (
        <NotJustNowView firm={face} retryHref={retryHref} />
      )}
    </PayPage>
  );
}
