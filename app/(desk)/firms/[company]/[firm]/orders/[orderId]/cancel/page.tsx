import type { Metadata } from "next";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { formatMoney } from "#lib/core/money/money.ts";
import type { CancelledBy } from "#lib/orders/take-back/cancel-order.ts";
import { reviewCancelling } from "#lib/orders/take-back/take-back-by-staff.ts";
import { loadOrder, type OrderPlace } from "../load-order.ts";
import { CancelForm } from "./cancel-form.tsx";

export const metadata: Metadata = { title: "Cancel the order" };

/** A look over what cancelling an order does in Xero; only its button does it. */
export default async function CancelPage({ params }: { params: Promise<OrderPlace> }) {
  const { orderId, ...place } = await params;
  const { actor, firm, order } = await loadOrder({ orderId, ...place }, "act");
  const here = `/firms/${place.company}/${place.firm}/orders/${order.id}`;
  const review = await reviewed(() => reviewCancelling(db(), { actor, firm, ip: null }, order.id));
  return (
    <>
      <PageTitle
        title={`Cancel order ${order.number}`}
        lead="A cancelled order stays on the list, and is never written again."
        back={{ href: here, label: "Order" }}
      />
      {"refusal" in review ? (
        <Notice tone="warn">{review.refusal}</Notice>
      ) : review.is === null ? (
        <p>The order is cancelled already.</p>
      ) : (
        <>
          <p className="max-w-xl">{inWords(review.is, order.currency)}</p>
          <CancelForm place={place} orderId={order.id} back={here} />
        </>
      )}
    </>
  );
}

async function reviewed<T>(look: () => Promise<T>): Promise<{ is: T } | { refusal: string }> {
  try {
    return { is: await look() };
  } catch (error) {
    if (error instanceof AppError) return { refusal: error.message };
    throw error;
  }
}

function inWords(by: CancelledBy, currency: string): string {
  if (by === "withdrawn") return "Nothing of it is in Xero, and nothing of it will be sent.";
  if (by === "voided")
    return "Its invoice is voided in Xero, or deleted where it is a draft; a purchase order of it is deleted.";
  const { creditedMinor: minor } = by;
  if (minor === 0n) return "All of it has been credited already: nothing more is written to Xero.";
  return `Its invoice can't be voided, or the firm credits instead: a credit note of ${formatMoney({ minor, currency })} is written, with the invoice's own accounts and tax, and set against what is owed of it. Money that was paid is not moved: give it back where it was paid. A purchase order of it is deleted.`;
}
