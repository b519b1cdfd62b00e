"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendPayouts } from "./actions.ts";

type Option = { value: string; label: string };

type PayoutsFormProps = {
  place: Place;
  connectionId: string;
  banks: Option[];
  feeAccounts: Option[];
  taxTypes: Option[];
  saved: {
    bankAccountId?: string;
    feeAccountCode?: string;
    feeTaxType?: string;
    taxedFeeTaxType?: string | null;
    feesPer: string;
    startsOn: string;
  };
};

export function PayoutsForm(props: PayoutsFormProps) {
  const { place, connectionId, banks, feeAccounts, taxTypes, saved } = props;
  const { state, form, errorAt, typed } = useActionForm(sendPayouts, place);
  const id = (name: string) => `${name}-${connectionId}`;
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <input type="hidden" name="connectionId" value={connectionId} />
      <Select
        id={id("bankAccountId")}
        name="bankAccountId"
        label="Bank account that payouts arrive on"
        placeholder="Choose an account"
        options={banks}
        defaultValue={typed("bankAccountId", saved.bankAccountId)}
        required
        error={errorAt("bankAccountId")}
      />
      <Select
        id={id("feeAccountCode")}
        name="feeAccountCode"
        label="Account for the processor's fees"
        placeholder="Choose an account"
        options={feeAccounts}
        defaultValue={typed("feeAccountCode", saved.feeAccountCode)}
        required
        error={errorAt("feeAccountCode")}
      />
      <Select
        id={id("feeTaxType")}
        name="feeTaxType"
        label="Tax rate of the fees"
        placeholder="Choose a tax rate"
        options={taxTypes}
        defaultValue={typed("feeTaxType", saved.feeTaxType)}
        required
        error={errorAt("feeTaxType")}
      />
      <Select
        id={id("taxedFeeTaxType")}
        name="taxedFeeTaxType"
        label="Where Stripe charges tax on a fee"
        hint="Fees that carry tax are a line of their own in Xero, with this tax rate."
        options={[{ value: "", label: "The same tax rate" }, ...taxTypes]}
        defaultValue={typed("taxedFeeTaxType", saved.taxedFeeTaxType ?? "")}
        error={errorAt("taxedFeeTaxType")}
      />
      <Select
        id={id("feesPer")}
        name="feesPer"
        label="Fees in Xero"
        options={[
          { value: "payout", label: "One line for each payout" },
          { value: "payment", label: "One line for each payment" },
        ]}
        defaultValue={typed("feesPer", saved.feesPer)}
        error={errorAt("feesPer")}
      />
      <Field
        id={id("startsOn")}
        name="startsOn"
        type="date"
        label="Write payouts that arrive from"
        hint="What arrived before that day you have entered yourselves."
        defaultValue={typed("startsOn", saved.startsOn)}
        required
        error={errorAt("startsOn")}
      />
      <div>
        <SubmitButton pending="Asking Xero">Test and save</SubmitButton>
      </div>
    </form>
  );
}
