import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { AmountChangedView } from "#components/pay/amount-changed-view.tsx";
import { ChooseView } from "#components/pay/choose/choose-view.tsx";
import { CodeEntryView } from "#components/pay/code-entry-view.tsx";
import { DetailsView } from "#components/pay/details-view.tsx";
import { ReceiptView } from "#components/pay/receipt-view.tsx";
import { CheckingView } from "#components/pay/states/checking-view.tsx";
import { OnItsWayView } from "#components/pay/states/on-its-way-view.tsx";
import { PayPage } from "../pay-page.tsx";
import { CHECK } from "../request-marks.ts";
import { BOOKS, CHANGED, CHOICE, DETAILS, FIRM, HIDDEN, PARAMS, READER, RECEIPT } from "./specimen.ts";

export const metadata: Metadata = { title: { absolute: "Specimen" } };

/** One page made of what all the payer's pages are made of, for the comparison at the start. Nobody else is shown it. */
export default async function SpecimenPage() {
  if (!(await headers()).has(CHECK)) notFound();
  return (
    <PayPage params={PARAMS} firm={FIRM} books={BOOKS} step="choose" isTest>
      <ChooseView {...CHOICE} {...READER} />
      <DetailsView {...DETAILS} />
      <AmountChangedView {...CHANGED} />
      <CodeEntryView
        maskedEmail="j•••@e•••.example"
        error="That is not the code."
        attemptsLeft={1}
        action="/pay"
        resendAction="/pay"
        hidden={HIDDEN}
        backHref="/pay?a=1&b=2"
      />
      <OnItsWayView
        amount={CHOICE.outstandingTotal}
        sentOn="2026-11-03"
        method="bank debit"
        usualDays={4}
        {...READER}
      />
      <CheckingView email="jo@example.com" refreshSeconds={5} />
      <ReceiptView {...RECEIPT} />
    </PayPage>
  );
}
