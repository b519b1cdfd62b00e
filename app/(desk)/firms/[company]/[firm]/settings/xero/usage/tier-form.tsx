"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormSelect } from "#app/door/action-form.tsx";
import { sendCompanyTier, sendFirmTier } from "./actions.ts";

type TierFormProps = {
  place: Place;
  whose: keyof typeof SEND;
  options: { value: string; label: string }[];
  chosen: string;
};

const SEND = { firm: sendFirmTier, company: sendCompanyTier };

export function TierForm({ place, whose, options, chosen }: TierFormProps) {
  return (
    <ActionForm send={SEND[whose]} place={place} kind="quiet" button="Save tier" pending="Saving">
      <FormSelect
        id={`tier-${whose}`}
        name="tier"
        label="Tier"
        options={options}
        kept={chosen}
        hint="As on the app's page at developer.xero.com. It changes what is shown here, not what Xero allows."
        required
      />
    </ActionForm>
  );
}
