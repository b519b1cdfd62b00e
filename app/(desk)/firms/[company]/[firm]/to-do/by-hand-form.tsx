"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/field.tsx";
import { SubmitButton } from "#components/submit-button.tsx";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendByHand } from "./actions.ts";

/** For what a person has entered in Xero themselves; opened only by who wants it. */
export function ByHandForm({ place, postingId }: { place: Place; postingId: string }) {
  const { state, form, errorAt, typed } = useActionForm(sendByHand, place);
  return (
    <details open={state.status === "error"}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
        Done by hand…
      </summary>
      <form {...form} className="grid max-w-xl gap-4 pt-2">
        <FormAnswer state={state} />
        <input type="hidden" name="postingId" value={postingId} />
        <Field
          id={`note-${postingId}`}
          name="note"
          label="What you did in Xero"
          hint="It is never sent again, and this note stays with the payment."
          defaultValue={typed("note", "")}
          maxLength={300}
          required
          error={errorAt("note")}
        />
        <div>
          <SubmitButton kind="quiet" pending="Keeping it">
            Mark as done by hand
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}
