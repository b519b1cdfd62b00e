"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField } from "#app/door/action-form.tsx";
import { sendCurrency } from "./actions.ts";

/** Adds a currency to the organisation in Xero. */
export function CurrencyForm({ place, connectionId }: { place: Place; connectionId: string }) {
  return (
    <ActionForm
      {...{ send: sendCurrency, place, hidden: { connectionId } }}
      button="Add it to Xero"
      pending="Adding"
      kind="quiet"
    >
      <FormField
        name="code"
        label="Currency"
        hint="Its three letters, as in EUR. Xero takes no currency away again, and its plan must allow several."
        maxLength={3}
        autoComplete="off"
        required
      />
    </ActionForm>
  );
}
