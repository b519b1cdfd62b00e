import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Facts } from "#components/facts.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import { toDecimal } from "#lib/core/money.ts";
import { listRefundsOf, readRefundable } from "#lib/payments/read-refund.ts";
import { placeAndTime } from "../../../place-and-time.ts";
import { RefundForm } from "./refund-form.tsx";
import { RefundList } from "./refund-list.tsx";

export const metadata: Metadata = { title: "Refund" };

type Props = { params: Promise<Place & { captureId: string }> };

/** Gives a payment back, whole or in part; what has gone back before is listed below. */
export default async function RefundPage({ params }: Props) {
  const { captureId, ...place } = await params;
  const { firm } = await requireFirmPage(place, "act");
  const payment = await readRefundable(db(), firm, captureId);
  if (!payment) notFound();
  const [before, where] = await Promise.all([
    listRefundsOf(db(), firm, captureId),
    placeAndTime(db(), firm.firmId),
  ]);
  const { currency, leftMinor } = payment;
  return (
    <>
      <PageTitle
        title="Refund"
        lead="The money goes back the way it came. Xero gets a credit note with the invoice's own lines and tax, paid out of the clearing account."
        back={{ href: `/firms/${place.company}/${place.firm}/payments/${captureId}`, label: "Payment" }}
      />
      <div className="grid gap-8">
        <Facts
          facts={[
            { label: "Paid", value: <MoneyText money={{ minor: payment.amountMinor, currency }} /> },
            { label: "For", value: payment.numbers.join(", ") || "No invoice" },
            ...(payment.method ? [{ label: "With", value: payment.method }] : []),
            { label: "Can go back", value: <MoneyText money={{ minor: leftMinor, currency }} /> },
          ]}
        />
        {leftMinor > 0n ? (
          <RefundForm
            place={place}
            captureId={captureId}
            currency={currency}
            most={toDecimal({ minor: leftMinor, currency })}
          />
        ) : (
          <p>All of it has gone back.</p>
        )}
        {before.length > 0 && (
          <section aria-labelledby="before" className="grid gap-2">
            <h2 id="before" className="font-semibold">
              Refunds of this payment
            </h2>
            <RefundList refunds={before} where={where} />
          </section>
        )}
      </div>
    </>
  );
}
