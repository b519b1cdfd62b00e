import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Facts } from "#components/facts.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import { amountTyped, stepInWords } from "#lib/core/money/amount-typed.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import {
  listRefundsOf,
  type Refundable,
  type RefundRow,
  readRefundable,
} from "#lib/payments/refunds/read-refund.ts";
import { NOTHING_LEFT } from "#lib/payments/refunds/start-refund.ts";
import { AmountForm } from "../../../amount-form.tsx";
import { placeAndTime } from "../../../place-and-time.ts";
import { RefundList } from "./refund-list.tsx";
import { ReviewForm } from "./review-form.tsx";

export const metadata: Metadata = { title: "Refund" };

type Props = {
  params: Promise<Place & { captureId: string }>;
  searchParams: Promise<{ amount?: string | string[]; done?: string | string[] }>;
};

/** Refunds a payment, whole or in part, in two steps: how much, then a look over it. Earlier refunds are listed below. */
export default async function RefundPage({ params, searchParams }: Props) {
  const { captureId, ...place } = await params;
  const { amount, done } = await searchParams;
  const { firm } = await requireFirmPage(place, "act");
  const payment = await readRefundable(db(), firm, captureId);
  if (!payment) notFound();
  const [before, where] = await Promise.all([
    listRefundsOf(db(), firm, captureId),
    placeAndTime(db(), firm.firmId),
  ]);
  const { currency, leftMinor } = payment;
  const here = `/firms/${place.company}/${place.firm}/payments/${captureId}`;
  const made = before.find(({ refundId }) => refundId === done);
  return (
    <>
      <PageTitle
        title="Refund"
        lead="The money goes back the way it came. Xero gets a credit note with the invoice's own lines and tax, paid out of the clearing account."
        back={{ href: here, label: "Payment" }}
      />
      <div className="grid gap-8">
        <Facts
          facts={[
            { label: "Paid", value: <MoneyText money={{ minor: payment.amountMinor, currency }} /> },
            { label: "For", value: payment.numbers.join(", ") || "No invoice" },
            ...(payment.method ? [{ label: "With", value: payment.method }] : []),
            { label: "Refundable", value: <MoneyText money={{ minor: leftMinor, currency }} /> },
          ]}
        />
        {made ? (
          <Made refund={made} again={leftMinor > 0n ? `${here}/refund` : null} />
        ) : (
          <Step
            place={place}
            captureId={captureId}
            payment={payment}
            typed={typeof amount === "string" ? amount : null}
          />
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

type StepProps = { place: Place; captureId: string; payment: Refundable; typed: string | null };

function Step({ place, captureId, payment, typed }: StepProps) {
  const { currency, leftMinor, refusal, method, numbers } = payment;
  if (refusal) return <Notice tone="warn">{refusal}</Notice>;
  if (leftMinor <= 0n) return <p>{NOTHING_LEFT}</p>;
  const most = formatMoney({ minor: leftMinor, currency });
  const amountMinor = typed === null ? null : amountTyped(typed, currency);
  if (amountMinor !== null && amountMinor > 0n && amountMinor <= leftMinor) {
    return (
      <ReviewForm
        place={place}
        captureId={captureId}
        refundId={randomUUID()}
        amountMinor={String(amountMinor)}
        seenLeftMinor={String(leftMinor)}
        money={formatMoney({ minor: amountMinor, currency })}
        isAll={amountMinor === leftMinor}
        from={numbers.join(", ")}
        to={method ?? "the way it was paid"}
      />
    );
  }
  const error =
    typed === null
      ? undefined
      : amountMinor === null || amountMinor === 0n
        ? `Type an amount in ${currency}, such as ${most}${stepInWords(currency)}.`
        : `At most ${most} can be refunded.`;
  return (
    <AmountForm
      {...{ currency, error, typed: typed ?? "", button: "Review refund" }}
      hint={`${most} is all of it. Over several invoices it is shared in proportion.`}
    />
  );
}

const SAID = {
  succeeded: "is refunded. Xero follows within a minute, and the client gets an e-mail.",
  pending: "is on its way back. Xero follows once the bank has confirmed it.",
  asked:
    "is asked for at Stripe, which has not answered yet. It is asked for until it does, and refunded once.",
  failed: "could not be refunded. The money is still with Stripe.",
} as const;

function Made({ refund, again }: { refund: RefundRow; again: string | null }) {
  const { state, amountMinor, currency } = refund;
  return (
    <div className="grid gap-4">
      <Notice tone={state === "failed" ? "danger" : "ok"}>
        {formatMoney({ minor: amountMinor, currency })} {SAID[state]}
      </Notice>
      {again && (
        <p>
          <ButtonLink kind="quiet" href={again}>
            Another refund
          </ButtonLink>
        </p>
      )}
    </div>
  );
}
