"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField } from "#app/door/action-form.tsx";
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
  return (
    <ActionForm
      {...{ send, place, hidden: { [idName]: id }, opens, button }}
      kind="quiet"
      pending="Keeping it"
    >
      <FormField id={`note-${id}`} name="note" label={label} hint={hint} maxLength={300} required />
    </ActionForm>
  );
}
