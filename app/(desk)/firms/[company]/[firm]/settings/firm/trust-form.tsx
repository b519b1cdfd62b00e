"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField } from "#app/door/action-form.tsx";
import { sendTrust } from "./actions.ts";

export function TrustForm({ place, kept }: { place: Place; kept: number }) {
  return (
    <ActionForm send={sendTrust} place={place} button="Save" pending="Saving">
      <FormField
        name="hours"
        label="Hours since Xero was last read"
        hint="0 to 72. With 0, nobody can pay while Xero is unavailable."
        inputMode="numeric"
        maxLength={2}
        kept={String(kept)}
      />
    </ActionForm>
  );
}
