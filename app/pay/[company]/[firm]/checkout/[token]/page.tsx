import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AmountChangedView } from "#components/pay/amount-changed-view.tsx";
import { DetailsView } from "#components/pay/details-view.tsx";
import { detailsErrors } from "#lib/checkout/details.ts";
import { goingOn, hasChanged, unpayable } from "#lib/checkout/read.ts";
import { sumOf } from "#lib/core/money/money.ts";
import { unpayableInWords } from "#lib/payments/attempts/unpayable-words.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../checkout-door.ts";
import { faceOf, PayPage } from "../../../../pay-page.tsx";
import { partsOf } from "./parts.ts";

export const metadata: Metadata = { title: { absolute: "Your details" } };

type Query = { check?: string; terms?: string; part?: string; typed?: string };
type Props = { params: Promise<CheckoutParams>; searchParams: Promise<Query> };

/** The second step: who pays, and the terms. */
export default async function DetailsPage({ params: given, searchParams }: Props) {
  const params = await given;
  const { check, terms, part, typed } = await searchParams;
  const page = await checkoutAt(params);
  const { firm, books, checkout, lines, isTest } = page;
  const here = checkoutPath(params);
  if (page.captureId || page.submittedAt) redirect(`${here}/receipt`);
  if (lines.some((line) => line.held || line.debit)) redirect(`${here}/waiting?why=busy`);

  const money = (minor: bigint) => ({ minor, currency: checkout.currency });
  if (hasChanged(page)) {
    const now = sumOf(goingOn(page).map((line) => line.amountMinor));
    return (
      <PayPage params={params} firm={firm} books={books} step="details" isTest={isTest}>
        <AmountChangedView
          lines={lines.map((line) => ({
            number: line.number,
            was: money(line.owedMinor),
            now: money(line.nowMinor),
          }))}
          total={now > 0n ? money(now) : null}
          action={`${here}/amounts`}
          hidden={{}}
          backHref={checkout.backPath}
        />
      </PayPage>
    );
  }
  const values = { name: checkout.payerName ?? "", email: checkout.payerEmail ?? "" };
  const missing = check === "1" ? detailsErrors({ ...values, terms: terms === "1" ? "accepted" : "" }) : [];
  const errors =
    check === "terms"
      ? [{ field: "terms" as const, message: "The terms have changed. Read them, then tick the box again." }]
      : missing;
  const parts = partsOf(page, { part, typed });
  const because = unpayable(page);
  return (
    <PayPage params={params} firm={firm} books={books} step="details" isTest={isTest}>
      <DetailsView
        firmName={firm.name}
        lines={lines.map((line) => ({
          number: line.number,
          amount: money(line.amountMinor),
          of: line.partOfMinor === null ? null : money(line.partOfMinor),
        }))}
        total={money(sumOf(lines.map((line) => line.amountMinor)))}
        values={values}
        errors={[...errors, ...(parts?.errors ?? [])]}
        terms={firm.terms.body}
        action={`${here}/pay`}
        hidden={{ version: firm.terms.id }}
        backHref={checkout.backPath}
        blocked={
          because && {
            reason: unpayableInWords(because, checkout.currency),
            firm: faceOf(params, firm, books),
          }
        }
        part={parts && { action: `${here}/part`, lines: parts.lines }}
      />
    </PayPage>
  );
}
