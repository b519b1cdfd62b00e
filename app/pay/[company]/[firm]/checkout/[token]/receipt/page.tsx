import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ReceiptView } from "#components/pay/receipt-view.tsx";
import { CheckingView } from "#components/pay/states/checking-view.tsx";
import { readReceipt } from "#lib/checkout/receipt.ts";
import { db } from "#lib/core/db.ts";
import { type CheckoutParams, checkoutAt, checkoutPath } from "../../../../../checkout-door.ts";
import { faceOf, PayPage } from "../../../../../pay-page.tsx";

export const metadata: Metadata = { title: { absolute: "Receipt" } };

/** The last step, at an address that stays: the receipt, or that we are still asking. */
export default async function ReceiptPage({ params: given }: { params: Promise<CheckoutParams> }) {
  const params = await given;
  const { firm, books, checkout, captureId, payAt } = await checkoutAt(params);
  const receipt = captureId && (await readReceipt(db(), captureId));
  if (!receipt) {
    if (!payAt) redirect(checkoutPath(params));
    return (
      <PayPage params={params} firm={firm} books={books} step="pay">
        <CheckingView email={checkout.payerEmail ?? ""} refreshSeconds={5} />
      </PayPage>
    );
  }
  const money = (minor: bigint) => ({ minor, currency: receipt.currency });
  return (
    <PayPage params={params} firm={firm} books={books} step="receipt">
      <ReceiptView
        firm={faceOf(params, firm, books)}
        reference={receipt.reference ?? "—"}
        paidOn={receipt.paidOn}
        country={receipt.countryCode}
        payerName={receipt.payerName}
        lines={receipt.lines.map((line) => ({ number: line.number, amount: money(line.amountMinor) }))}
        total={money(receipt.totalMinor)}
        method={receipt.method ?? "Card"}
        inBooks={receipt.inBooks}
        emailedTo={receipt.payerEmail}
      />
    </PayPage>
  );
}
