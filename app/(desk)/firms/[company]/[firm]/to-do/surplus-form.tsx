"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { formatMoney } from "#lib/core/money/money.ts";
import { FormAnswer } from "../settings/form-answer.tsx";
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
  const { state, form, errorAt, typed } = useActionForm(sendSurplus, place);
  const invoices = row.others.map(({ invoiceId, number, dueMinor }) => ({
    value: invoiceId,
    label: `${number}, which owes ${formatMoney({ minor: dueMinor, currency: row.currency })}`,
  }));
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <input type="hidden" name="postingId" value={row.postingId} />
      {!isSurplus && row.lines.length > 1 && (
        <Select
          id={`from-${row.postingId}`}
          name="from"
          label="What was paid for"
          options={row.lines.map(({ invoiceId, number }) => ({ value: invoiceId, label: number }))}
          defaultValue={typed("from", "")}
          error={errorAt("from")}
        />
      )}
      <Select
        id={`to-${row.postingId}`}
        name="to"
        label={isSurplus ? "What is too much goes to" : "Put it on another invoice"}
        placeholder="Choose"
        options={isSurplus ? [...ANYWHERE, ...invoices] : invoices}
        required
        defaultValue={typed("to", "")}
        error={errorAt("to")}
      />
      <div>
        <SubmitButton kind="quiet" pending="Asking Xero what is owed">
          Put it there
        </SubmitButton>
      </div>
    </form>
  );
}
