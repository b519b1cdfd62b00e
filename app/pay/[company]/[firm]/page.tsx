import type { Metadata } from "next";
import { CantOpenView } from "#components/pay/states/cant-open-view.tsx";
import { CantPayOnlineView } from "#components/pay/states/cant-pay-online-view.tsx";
import { NotJustNowView } from "#components/pay/states/not-just-now-view.tsx";
import { PaidAlreadyView } from "#components/pay/states/paid-already-view.tsx";
import { openLink } from "#lib/checkout/links/open-link.ts";
import { db } from "#lib/core/db.ts";
import { linkInAddress, linkQuestion, type PayParams, payPath } from "../../pay-door.ts";
import { faceOf, PayPage, readerOf } from "../../pay-page.tsx";
import { ChooseStep } from "./choose-step.tsx";

export const metadata: Metadata = { title: { absolute: "Pay an invoice" } };

type Props = { params: Promise<PayParams> };

/** Where every pay link leads. Reads the mirror only. */
export default async function PayLinkPage(props: Props) {
  const params = await props.params;
  const { link: search, said } = await linkInAddress("error");
  const here = `${payPath(params)}?${search}`;
  const opened = await openLink(db(), await linkQuestion(params, search));
  switch (opened.kind) {
    case "cant_open":
      return (
        <PayPage params={params} firm={null} books={null} step={null} isTest={false}>
          <CantOpenView />
        </PayPage>
      );
    case "not_now":
      return (
        <PayPage params={params} firm={opened.firm} books={null} step={null} isTest={false}>
          <NotJustNowView firm={faceOf(params, opened.firm, null)} retryHref={here} />
        </PayPage>
      );
    case "not_set_up":
      return (
        <PayPage params={params} firm={opened.firm} books={null} step={null} isTest={false}>
          <CantPayOnlineView firm={faceOf(params, opened.firm, null)} reason={null} />
        </PayPage>
      );
    case "paid":
      return (
        <PayPage params={params} firm={opened.firm} books={opened.books} step={null} isTest={opened.isTest}>
          <PaidAlreadyView
            number={opened.invoice.number ?? ""}
            paidOn={opened.invoice.fullyPaidOn}
            receiptHref={null}
            {...readerOf(opened.books)}
          />
        </PayPage>
      );
    case "open":
      return (
        <PayPage params={params} firm={opened.firm} books={opened.books} step="choose" isTest={opened.isTest}>
          <ChooseStep params={params} opened={opened} search={search} error={said.error ?? null} />
        </PayPage>
      );
  }
}
