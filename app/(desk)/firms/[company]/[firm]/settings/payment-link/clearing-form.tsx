"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendClearing } from "./actions.ts";

type ClearingFormProps = {
  place: Place;
  connectionId: string;
  label: string;
  options: { value: string; label: string }[];
  chosen: string | undefined;
};

export function ClearingForm({ place, connectionId, label, options, chosen }: ClearingFormProps) {
  const { state, form, errorAt, typed } = useActionForm(sendClearing, place);
  const id = `account-${connectionId}`;
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <input type="hidden" name="connectionId" value={connectionId} />
      <Select
        id={id}
        name="accountId"
        label={label}
        placeholder="Choose an account"
        options={options}
        defaultValue={typed("accountId", chosen)}
        required
        error={errorAt("accountId")}
      />
      <div>
        <SubmitButton pending="Asking Xero">Test and save</SubmitButton>
      </div>
    </form>
  );
}
