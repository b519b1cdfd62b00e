"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField, FormSelect } from "#app/door/action-form.tsx";
import { sendPayouts } from "./actions.ts";

type Option = { value: string; label: string };

type PayoutsFormProps = {
  place: Place;
  connectionId: string;
  banks: Option[];
  feeAccounts: Option[];
  taxTypes: Option[];
  saved: {
    [name in "bankAccountId" | "feeAccountCode" | "feeTaxType"]?: string;
  } & { taxedFeeTaxType?: string | null; feesPer: string; startsOn: string };
};

const FEES_PER = [
  { value: "payout", label: "One line for each payout" },
  { value: "payment", label: "One line for each payment" },
];

export function PayoutsForm({ place, connectionId, banks, feeAccounts, taxTypes, saved }: PayoutsFormProps) {
  const field = (name: keyof typeof saved, label: string) => ({
    ...{ id: `${name}-${connectionId}`, name, label, kept: saved[name] ?? undefined },
  });
  const account = { placeholder: "Choose an account", required: true };
  const rate = { placeholder: "Choose a tax rate", required: true, options: taxTypes };
  const sent = { send: sendPayouts, place, hidden: { connectionId } };
  return (
    <ActionForm {...sent} button="Test and save" pending="Asking Xero">
      <FormSelect
        {...field("bankAccountId", "Bank account that payouts arrive on")}
        {...{ ...account, options: banks }}
      />
      <FormSelect
        {...field("feeAccountCode", "Account for the processor's fees")}
        {...{ ...account, options: feeAccounts }}
      />
      <FormSelect {...field("feeTaxType", "Tax rate of the fees")} {...rate} />
      <FormSelect
        {...field("taxedFeeTaxType", "Where Stripe charges tax on a fee")}
        hint="Fees that carry tax are a line of their own in Xero, with this tax rate."
        options={[{ value: "", label: "The same tax rate" }, ...taxTypes]}
      />
      <FormSelect {...field("feesPer", "Fees in Xero")} options={FEES_PER} />
      <FormField
        {...field("startsOn", "Write payouts that arrive from")}
        type="date"
        hint="What arrived before that day you have entered yourselves."
        required
      />
    </ActionForm>
  );
}
