"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormSelect } from "#app/door/action-form.tsx";
import { sendContact, sendTryOrder } from "./actions.ts";

type OrderFormProps = { place: Place; orderId: string };

export function TryForm({ place, orderId, button }: OrderFormProps & { button: string }) {
  return (
    <ActionForm
      {...{ send: sendTryOrder, place, hidden: { orderId } }}
      button={button}
      pending="Looking at it again"
    />
  );
}

type ContactFormProps = OrderFormProps & {
  /** What the person of the order goes by. */
  personKey: string;
  name: string;
  candidates: { value: string; label: string }[];
};

export function ContactForm({ place, orderId, personKey, name, candidates }: ContactFormProps) {
  return (
    <ActionForm
      {...{ send: sendContact, place, hidden: { orderId, key: personKey } }}
      button="Use this contact"
      pending="Keeping it"
    >
      <FormSelect
        id={`contact-${personKey}`}
        name="contactId"
        label={`Who ${name} is in Xero`}
        hint="All orders that name this person go to the contact that you choose, these and later ones."
        placeholder="Choose a contact"
        options={candidates}
      />
    </ActionForm>
  );
}
