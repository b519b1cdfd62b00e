"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendSurplusPolicy } from "./actions.ts";

const OPTIONS = [
  { value: "ask", label: "Waits on the to-do list" },
  { value: "next_invoice", label: "Pays the client's next invoices, the rest an overpayment" },
  { value: "overpayment", label: "Becomes an overpayment in Xero" },
  { value: "refund", label: "Is refunded to the client" },
];

export function SurplusForm({ place, kept }: { place: Place; kept: string }) {
  const { state, form, errorAt, typed } = useActionForm(sendSurplusPolicy, place);
  return (
    <form {...form} className="grid gap-5">
      <FormAnswer state={state} />
      <Select
        name="policy"
        label="What to do with overpayments"
        hint="Xero takes an overpayment only on a clearing account that is a bank account."
        options={OPTIONS}
        defaultValue={typed("policy", kept)}
        error={errorAt("policy")}
      />
      <div>
        <SubmitButton pending="Saving">Save</SubmitButton>
      </div>
    </form>
  );
}
