"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../../form-answer.tsx";
import { sendCompanyTier, sendFirmTier } from "./actions.ts";

type TierFormProps = {
  place: Place;
  whose: "firm" | "company";
  options: { value: string; label: string }[];
  chosen: string;
};

const SEND = { firm: sendFirmTier, company: sendCompanyTier };

export function TierForm({ place, whose, options, chosen }: TierFormProps) {
  const { state, form, errorAt, typed } = useActionForm(SEND[whose], place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <Select
        id={`tier-${whose}`}
        name="tier"
        label="Tier"
        options={options}
        defaultValue={typed("tier", chosen)}
        hint="As on the app's page at developer.xero.com. It changes what is shown here, not what Xero allows."
        required
        error={errorAt("tier")}
      />
      <div>
        <SubmitButton pending="Saving" kind="quiet">
          Save tier
        </SubmitButton>
      </div>
    </form>
  );
}
