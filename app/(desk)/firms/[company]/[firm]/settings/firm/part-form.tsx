"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormCheckbox, FormField } from "#app/door/action-form.tsx";
import { sendPartPayment } from "./actions.ts";

type PartFormProps = {
  place: Place;
  currency: string;
  kept: { minimum: string | null; fromInvoices: number };
};

export function PartForm({ place, currency, kept }: PartFormProps) {
  return (
    <ActionForm {...{ send: sendPartPayment, place, hidden: { currency } }} button="Save" pending="Saving">
      <FormCheckbox name="on" label="Clients may pay a part of an invoice" isKept={kept.minimum !== null} />
      <FormField
        name="minimum"
        label={`At least, in ${currency}`}
        hint="Of an invoice that owes less, all of it. One in another currency is paid in full."
        inputMode="decimal"
        maxLength={40}
        kept={kept.minimum ?? ""}
      />
      <FormField
        name="fromInvoices"
        label="From how many invoices at once"
        hint="1: of a single one too. With 2 or more, only where a client pays that many together."
        inputMode="numeric"
        maxLength={2}
        kept={String(kept.fromInvoices)}
      />
    </ActionForm>
  );
}
