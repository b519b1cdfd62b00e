import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { Facts } from "#components/facts.tsx";
import { Notice } from "#components/notice.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { amountTyped, stepInWords } from "#lib/core/money/amount-typed.ts";
import { formatMoney, toDecimal } from "#lib/core/money/money.ts";
import type { FirmCaller } from "#lib/firms/authorise.ts";
import { leftToCredit, type OrderStory } from "#lib/orders/staff/read-for-staff.ts";
import { type CreditMade, reviewCredit } from "#lib/orders/take-back/take-back-by-staff.ts";
import { AmountForm } from "../../../amount-form.tsx";
import { loadOrder, type OrderPlace } from "../load-order.ts";
import { CreditForm } from "./credit-form.tsx";

export const metadata: Metadata = { title: "Credit the order" };

type Props = { params: Promise<OrderPlace>; searchParams: Promise<{ amount?: string | string[] }> };

/** Credits an order, whole or in part, in two steps: how much, then a look over it. */
export default async function CreditPage({ params, searchParams }: Props) {
  const { orderId, ...place } = await params;
  const { amount } = await searchParams;
  const { actor, firm, order } = await loadOrder({ orderId, ...place }, "act");
  const { currency, totalMinor: minor } = order;
  const leftMinor = leftToCredit(order);
  return (
    <>
      <PageTitle
        title={`Credit order ${order.number}`}
        lead="Xero gets a credit note with the invoice's own accounts and tax, taken from all of its lines in proportion. Money that was paid is not moved: give it back where it was paid."
        back={{ href: `/firms/${place.company}/${place.firm}/orders/${order.id}`, label: "Order" }}
      />
      <Facts
        facts={[
          { label: "Order", value: formatMoney({ minor, currency }) },
          { label: "Not credited yet", value: formatMoney({ minor: leftMinor, currency }) },
        ]}
      />
      {leftMinor <= 0n ? (
        <p>Nothing of it can be credited: there is no invoice of it in Xero, or all has gone back.</p>
      ) : (
        <Step
          {...{ place, order, leftMinor, caller: { actor, firm, ip: null } }}
          typed={typeof amount === "string" ? amount : null}
        />
      )}
    </>
  );
}

type StepProps = {
  place: Place;
  order: OrderStory;
  leftMinor: bigint;
  caller: FirmCaller;
  typed: string | null;
};

async function Step({ place, order, leftMinor, caller, typed }: StepProps) {
  const { currency, id: orderId } = order;
  const most = formatMoney({ minor: leftMinor, currency });
  const minor = typed === null ? null : amountTyped(typed, currency);
  if (minor === null || minor === 0n || minor > leftMinor) {
    const unread = `Type an amount in ${currency}, such as ${most}${stepInWords(currency)}.`;
    const error = typed === null ? undefined : minor ? `At most ${most} can be credited.` : unread;
    return (
      <AmountForm
        {...{ currency, error, typed: typed ?? "", button: "Review credit note" }}
        hint={`With tax. ${most} is all that is left.`}
      />
    );
  }
  const asked = { orderId, refundNumber: `desk-${randomUUID()}`, amount: toDecimal({ minor, currency }) };
  try {
    const made = await reviewCredit(db(), caller, { ...asked, reason: "Review" });
    const money = formatMoney({ minor, currency });
    return (
      <CreditForm place={place} asked={asked} money={money} becomes={made ? inWords(made, currency) : ""} />
    );
  } catch (error) {
    if (error instanceof AppError) return <Notice tone="warn">{error.message}</Notice>;
    throw error;
  }
}

function inWords({ totalMinor, allocatedMinor }: CreditMade, currency: string): string {
  const money = (minor: bigint) => formatMoney({ minor, currency });
  const rest = totalMinor - allocatedMinor;
  if (rest === 0n) return "All of it is set against what is owed of the invoice.";
  const stays = `${money(rest)} stays as a credit of the contact, to be paid out or used in Xero.`;
  return allocatedMinor === 0n
    ? `Nothing is owed of the invoice any more: ${stays}`
    : `${money(allocatedMinor)} is set against what is owed of the invoice; ${stays}`;
}
