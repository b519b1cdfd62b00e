import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ReceiptView } from "#components/pay/receipt-view.tsx";
import { CheckingView } from "#components/pay/states/checking-view.tsx";
import { OnItsWayView } from "#components/pay/states/on-its-way-view.tsx";
import { DEBIT_DAYS } from "#components/pay/types.ts";
import { readReceipt } from "#lib/checkout/letters/receipt.ts";
import { dayIn } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { formatMoney, sumOf } from "#lib/core/money/money.ts";
import { surplusInWords } from "#lib/mail/letters/surplus.ts";
import { wasLetGo } from "#lib/payments/attempts/checkout-attempts.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { faceOf, PayPage, readerOf } from "../../../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Receipt" } };

/** The last step, at an address that stays: the receipt, or that we are still asking. */
export default async function ReceiptPage({ params: given }: { params: Promise<CheckoutParams> }) {
  const params = await given;
  const { firm, books, checkout, captureId, payAt, submittedAt, receiptTo, lines, isTest } =
    await checkoutAt(params);
  const receipt = captureId && (await readReceipt(db(), captureId));
  if (!receipt && submittedAt) {
    return (
      <PayPage params={params} firm={firm} books={books} step="pay" isTest={isTest}>
        <OnItsWayView
          amount={{ minor: sumOf(lines.map((line) => line.amountMinor)), currency: checkout.currency }}
          sentOn={dayIn(books.timeZone, submittedAt)}
          method="bank debit"
          usualDays={DEBIT_DAYS}
          {...readerOf(books)}
        />
      </PayPage>
    );
  }
  if (!receipt) {
    if (!payAt) {
      const here = checkoutPath(params);
      redirect((await wasLetGo(db(), checkout.id)) ? `${here}/waiting?why=let-go` : here);
    }
    return (
      <PayPage params={params} firm={firm} books={books} step="pay" isTest={isTest}>
        <CheckingView email={receiptTo ?? ""} refreshSeconds={5} />
      </PayPage>
    );
  }
  const money = (minor: bigint) => ({ minor, currency: receipt.currency });
  return (
    <PayPage params={params} firm={firm} books={books} step="receipt" isTest={isTest}>
      <ReceiptView
        firm={faceOf(params, firm, books)}
        reference={receipt.reference ?? "—"}
        paidOn={receipt.paidOn}
        country={receipt.countryCode}
        payerName={receipt.payerName}
        lines={[
          ...receipt.lines.map((line) => ({ number: line.number, amount: money(line.amountMinor) })),
          ...receipt.surpluses
            .filter(({ to }) => to === null)
            .map(({ amountMinor }) => ({ number: "Credit on your account", amount: money(amountMinor) })),
        ]}
        notes={[
          ...receipt.surpluses.map(({ amountMinor, from, to }) =>
            surplusInWords({ amount: money(amountMinor), from, to }, firm.name),
          ),
          ...receipt.refundedMinor.map(
            (minor) =>
              `${formatMoney(money(minor))} was more than was still owed when it arrived. It goes back to you.`,
          ),
        ]}
        total={money(receipt.totalMinor)}
        method={receipt.method ?? "Card"}
        inBooks={receipt.inBooks}
        emailedTo={receipt.payerEmail}
      />
    </PayPage>
  );
}
