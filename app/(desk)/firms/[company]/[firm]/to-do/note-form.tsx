"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendByHand, sendPayoutByHand, sendSettled } from "./actions.ts";

const FORMS = {
  posting: {
    send: sendByHand,
    idName: "postingId",
    opens: "Done by hand…",
    label: "What you did in Xero",
    hint: "It is never sent again, and this note stays with the payment.",
    button: "Mark as done by hand",
  },
  payout: {
    send: sendPayoutByHand,
    idName: "payoutId",
    opens: "Done by hand…",
    label: "What you did in Xero",
    hint: "The desk leaves this payout to you from then on.",
    button: "Mark payout as done by hand",
  },
  break: {
    send: sendSettled,
    idName: "breakId",
    opens: "Seen to…",
    label: "What you found or did",
    hint: "It leaves this list, also while the records differ. The note stays.",
    button: "Mark as seen to",
  },
};

/** For what a person has seen to themselves; opened only by who wants it. */
export function NoteForm({ place, about, id }: { place: Place; about: keyof typeof FORMS; id: string }) {
  const { send, idName, opens, label, hint, button } = FORMS[about];
  const { state, form, errorAt, typed } = useActionForm(send, place);
  return (
    <details open={state.status === "error"}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
        {opens}
      </summary>
      <form {...form} className="grid max-w-xl gap-4 pt-2">
        <FormAnswer state={state} />
        <input type="hidden" name={idName} value={id} />
        <Field
          id={`note-${id}`}
          name="note"
          label={label}
          hint={hint}
          defaultValue={typed("note", "")}
          maxLength={300}
          required
          error={errorAt("note")}
        />
        <div>
          <SubmitButton kind="quiet" pending="Keeping it">
            {button}
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}
