"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField } from "#app/door/action-form.tsx";
import { Facts } from "#components/facts.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { sendCredit } from "../actions.ts";

type CreditFormProps = {
  place: Place;
  asked: { orderId: string; refundNumber: string; amount: string };
  /** "£10.00" */
  money: string;
  /** What becomes of it, in words. */
  becomes: string;
};

/** A look over the credit note; only its button, which names the amount, makes it. */
export function CreditForm({ place, asked, money, becomes }: CreditFormProps) {
  return (
    <ActionForm
      {...{ send: sendCredit, place, hidden: asked }}
      button={`Credit ${money}`}
      pending="Crediting"
      beside={
        <ButtonLink kind="quiet" href="?">
          Change the amount
        </ButtonLink>
      }
    >
      <Facts facts={[{ label: "Credit note", value: money, note: becomes }]} />
      <FormField
        name="reason"
        label="Reason"
        hint="It stands on the credit note's lines, where the client reads it."
        maxLength={200}
        required
      />
    </ActionForm>
  );
}
