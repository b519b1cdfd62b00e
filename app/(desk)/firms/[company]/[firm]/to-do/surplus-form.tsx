"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormSelect } from "#app/door/action-form.tsx";
import { formatMoney } from "#lib/core/money/money.ts";
import { sendSurplus } from "./actions.ts";

type SurplusFormProps = {
  place: Place;
  row: {
    postingId: string;
    currency: string;
    lines: { invoiceId: string; number: string }[];
    others: { invoiceId: string; number: string; dueMinor: bigint }[];
  };
  /** Its invoices owe less by now: only what is too much is moved. */
  isSurplus: boolean;
};

const ANYWHERE = [
  { value: "next_invoice", label: "The client's next invoices, the rest an overpayment" },
  { value: "overpayment", label: "An overpayment in Xero" },
  { value: "refund", label: "Back to the client" },
];

/** Where the money of a refused payment goes: said once, it is seen to at once. */
export function SurplusForm({ place, row, isSurplus }: SurplusFormProps) {
  const { postingId, lines, others, currency } = row;
  const invoices = others.map(({ invoiceId, number, dueMinor }) => ({
    value: invoiceId,
    label: `${number}, which owes ${formatMoney({ minor: dueMinor, currency })}`,
  }));
  return (
    <ActionForm
      {...{ send: sendSurplus, place, hidden: { postingId } }}
      kind="quiet"
      button="Put it there"
      pending="Asking Xero what is owed"
    >
      {!isSurplus && lines.length > 1 && (
        <FormSelect
          id={`from-${postingId}`}
          name="from"
          label="What was paid for"
          options={lines.map(({ invoiceId, number }) => ({ value: invoiceId, label: number }))}
        />
      )}
      <FormSelect
        id={`to-${postingId}`}
        name="to"
        label={isSurplus ? "What is too much goes to" : "Put it on another invoice"}
        placeholder="Choose"
        options={isSurplus ? [...ANYWHERE, ...invoices] : invoices}
        required
      />
    </ActionForm>
  );
}
