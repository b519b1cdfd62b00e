"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormSelect } from "#app/door/action-form.tsx";
import { sendClearing } from "./actions.ts";

type ClearingFormProps = {
  place: Place;
  connectionId: string;
  label: string;
  options: { value: string; label: string }[];
  chosen: string | undefined;
};

export function ClearingForm({ place, connectionId, label, options, chosen }: ClearingFormProps) {
  return (
    <ActionForm
      {...{ send: sendClearing, place, hidden: { connectionId } }}
      button="Test and save"
      pending="Asking Xero"
    >
      <FormSelect
        id={`account-${connectionId}`}
        name="accountId"
        label={label}
        placeholder="Choose an account"
        options={options}
        kept={chosen}
        required
      />
    </ActionForm>
  );
}
