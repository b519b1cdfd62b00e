"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/field.tsx";
import { SubmitButton } from "#components/submit-button.tsx";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendPayoutByHand } from "./actions.ts";

export function PayoutByHandForm({ place, payoutId }: { place: Place; payoutId: string }) {
  const { state, form, errorAt, typed } = useActionForm(sendPayoutByHand, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <input type="hidden" name="payoutId" value={payoutId} />
      <Field
        id={`note-${payoutId}`}
        name="note"
        label="What you did in Xero"
        hint="The desk leaves this payout to you from then on."
        defaultValue={typed("note", "")}
        maxLength={300}
        required
        error={errorAt("note")}
      />
      <div>
        <SubmitButton kind="quiet" pending="Keeping it">
          Mark payout as done by hand
        </SubmitButton>
      </div>
    </form>
  );
}
