"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormTextArea } from "#app/door/action-form.tsx";
import { Facts } from "#components/facts.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { sendRefund } from "./actions.ts";

type ReviewFormProps = {
  place: Place;
  captureId: string;
  refundId: string;
  amountMinor: string;
  /** What could be refunded when this was drawn. */
  seenLeftMinor: string;
  /** "£10.00" */
  money: string;
  isAll: boolean;
  /** The invoices that it takes from. */
  from: string;
  /** "Visa ending 4242" */
  to: string;
};

/** A look over the refund; only its button, which names the amount, sends it. */
export function ReviewForm(props: ReviewFormProps) {
  const { place, captureId, refundId, amountMinor, seenLeftMinor, money, isAll, from, to } = props;
  const facts = [
    { label: "Refund", value: money, note: isAll ? "All that is left of it" : "A part of it" },
    { label: "To", value: to },
    ...(from ? [{ label: "Credited to", value: from }] : []),
  ];
  const change = (
    <ButtonLink kind="quiet" href="?">
      Change the amount
    </ButtonLink>
  );
  return (
    <ActionForm
      {...{ send: sendRefund, place, hidden: { captureId, refundId, amountMinor, seenLeftMinor } }}
      button={`Refund ${money}`}
      pending="Refunding"
      beside={change}
    >
      <Facts facts={facts} />
      <FormTextArea
        name="note"
        label="Reason"
        hint="For your own records; the client does not see it."
        rows={2}
        maxLength={200}
        required
      />
    </ActionForm>
  );
}
