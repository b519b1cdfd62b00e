import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Facts } from "#components/facts.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { formatInstant } from "#lib/core/date-words.ts";
import { db } from "#lib/core/db.ts";
import { toDecimal } from "#lib/core/money.ts";
import { listRefundsOf, readRefundable } from "#lib/payments/read-refund.ts";
import { placeAndTime } from "../../../place-and-time.ts";
import { RefundForm } from "./refund-form.tsx";
import { REFUND_WORDS } from "./words.ts";

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
        back={{ href: `/firms/${place.company}/${place.firm}/payments`, label: "Payments" }}
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
            <ul className="border-line border-t">
              {before.map(({ refundId, state, amountMinor, note, createdAt }) => (
                <li
                  key={refundId}
                  className="flex flex-wrap justify-between gap-x-6 border-line border-b py-2.5"
                >
                  <span className="grid">
                    <StatusWord tone={REFUND_WORDS[state].tone}>{REFUND_WORDS[state].word}</StatusWord>
                    <span className="break-words text-muted text-sm">
                      {formatInstant(createdAt, where)} · {note ?? "Made in Stripe"}
                    </span>
                  </span>
                  <MoneyText money={{ minor: amountMinor, currency }} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
