"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/field.tsx";
import { SubmitButton } from "#components/submit-button.tsx";
import { FormAnswer } from "../../../settings/form-answer.tsx";
import { sendRefund } from "./actions.ts";

type RefundFormProps = { place: Place; captureId: string; currency: string; most: string };

export function RefundForm({ place, captureId, currency, most }: RefundFormProps) {
  const { state, form, errorAt, typed } = useActionForm(sendRefund, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <input type="hidden" name="captureId" value={captureId} />
      <Field
        key={most}
        name="amount"
        label={`Amount in ${currency}`}
        hint="Over several invoices it is shared in proportion."
        inputMode="decimal"
        defaultValue={typed("amount", most)}
        autoComplete="off"
        code
        required
        error={errorAt("amount")}
      />
      <Field
        name="note"
        label="Why"
        hint="For your own records; the payer does not see it."
        defaultValue={typed("note", "")}
        maxLength={200}
        required
        error={errorAt("note")}
      />
      <div>
        <SubmitButton pending="Refunding">Refund</SubmitButton>
      </div>
    </form>
  );
}
