"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Facts } from "#components/facts.tsx";
import { ButtonLink } from "#components/forms/button.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { FormAnswer } from "../../../settings/form-answer.tsx";
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
  const { state, form, errorAt, typed } = useActionForm(sendRefund, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <Facts
        facts={[
          { label: "Refund", value: money, note: isAll ? "All that is left of it" : "A part of it" },
          { label: "To", value: to },
          ...(from ? [{ label: "Credited to", value: from }] : []),
        ]}
      />
      <input type="hidden" name="captureId" value={captureId} />
      <input type="hidden" name="refundId" value={refundId} />
      <input type="hidden" name="amountMinor" value={amountMinor} />
      <input type="hidden" name="seenLeftMinor" value={seenLeftMinor} />
      <TextArea
        name="note"
        label="Reason"
        hint="For your own records; the client does not see it."
        rows={2}
        maxLength={200}
        required
        defaultValue={typed("note", "")}
        error={errorAt("note")}
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending="Refunding">{`Refund ${money}`}</SubmitButton>
        <ButtonLink kind="quiet" href="?">
          Change the amount
        </ButtonLink>
      </div>
    </form>
  );
}
