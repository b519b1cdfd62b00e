"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormCheckbox } from "#app/door/action-form.tsx";
import { sendMethods, sendTestPayments } from "./actions.ts";

export function TestPaymentsForm({ place, isAllowed }: { place: Place; isAllowed: boolean }) {
  return (
    <ActionForm send={sendTestPayments} place={place} kind="quiet" button="Save" pending="Saving">
      <FormCheckbox
        name="allowed"
        value="yes"
        label="Take test payments"
        hint="For trying out, before clients have a pay link. Remove the payments in Xero afterwards: their references end in -TEST."
        isKept={isAllowed}
      />
    </ActionForm>
  );
}

export function MethodsForm({ place, takesDebits }: { place: Place; takesDebits: boolean }) {
  return (
    <ActionForm send={sendMethods} place={place} kind="quiet" button="Save" pending="Saving">
      <FormCheckbox
        name="takesDebits"
        value="yes"
        label="Offer a bank debit beside cards"
        hint="BECS for Australian dollars, Bacs for pounds, SEPA for euros, ACH for US dollars. Switch it on in Stripe first."
        isKept={takesDebits}
      />
    </ActionForm>
  );
}
