"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendTrust } from "./actions.ts";

export function TrustForm({ place, kept }: { place: Place; kept: number }) {
  const { state, form, errorAt, typed } = useActionForm(sendTrust, place);
  return (
    <form {...form} className="grid gap-5">
      <FormAnswer state={state} />
      <Field
        name="hours"
        label="Hours since Xero was last read"
        hint="0 to 72. With 0, nobody can pay while Xero is unavailable."
        inputMode="numeric"
        maxLength={2}
        defaultValue={typed("hours", String(kept))}
        error={errorAt("hours")}
      />
      <div>
        <SubmitButton pending="Saving">Save</SubmitButton>
      </div>
    </form>
  );
}
