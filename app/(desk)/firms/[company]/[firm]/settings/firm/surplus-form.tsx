"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormSelect } from "#app/door/action-form.tsx";
import { sendSurplusPolicy } from "./actions.ts";

const OPTIONS = [
  { value: "ask", label: "Waits on the to-do list" },
  { value: "next_invoice", label: "Pays the client's next invoices, the rest an overpayment" },
  { value: "overpayment", label: "Becomes an overpayment in Xero" },
  { value: "refund", label: "Is refunded to the client" },
];

export function SurplusForm({ place, kept }: { place: Place; kept: string }) {
  return (
    <ActionForm send={sendSurplusPolicy} place={place} button="Save" pending="Saving">
      <FormSelect
        name="policy"
        label="What to do with overpayments"
        hint="Xero takes an overpayment only on a clearing account that is a bank account."
        options={OPTIONS}
        kept={kept}
      />
    </ActionForm>
  );
}
