"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Checkbox } from "#components/forms/checkbox.tsx";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendPartPayment } from "./actions.ts";

type PartFormProps = {
  place: Place;
  currency: string;
  kept: { minimum: string | null; fromInvoices: number };
};

export function PartForm({ place, currency, kept }: PartFormProps) {
  const { state, form, errorAt, typed } = useActionForm(sendPartPayment, place);
  const isOn = state.status === "error" ? "on" in state.values : kept.minimum !== null;
  return (
    <form {...form} className="grid gap-5">
      <FormAnswer state={state} />
      <input type="hidden" name="currency" value={currency} />
      <Checkbox name="on" label="Clients may pay a part of an invoice" defaultChecked={isOn} />
      <Field
        name="minimum"
        label={`At least, in ${currency}`}
        hint="Of an invoice that owes less, all of it. One in another currency is paid in full."
        inputMode="decimal"
        maxLength={40}
        defaultValue={typed("minimum", kept.minimum ?? "")}
        error={errorAt("minimum")}
      />
      <Field
        name="fromInvoices"
        label="From how many invoices at once"
        hint="1: of a single one too. With 2 or more, only where a client pays that many together."
        inputMode="numeric"
        maxLength={2}
        defaultValue={typed("fromInvoices", String(kept.fromInvoices))}
        error={errorAt("fromInvoices")}
      />
      <div>
        <SubmitButton pending="Saving">Save</SubmitButton>
      </div>
    </form>
  );
}
