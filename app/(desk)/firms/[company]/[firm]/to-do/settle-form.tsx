"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/field.tsx";
import { SubmitButton } from "#components/submit-button.tsx";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendSettled } from "./actions.ts";

/** For what a person has seen to, or lets be; opened only by who wants it. */
export function SettleForm({ place, breakId }: { place: Place; breakId: string }) {
  const { state, form, errorAt, typed } = useActionForm(sendSettled, place);
  return (
    <details open={state.status === "error"}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
        Seen to…
      </summary>
      <form {...form} className="grid max-w-xl gap-4 pt-2">
        <FormAnswer state={state} />
        <input type="hidden" name="breakId" value={breakId} />
        <Field
          id={`note-${breakId}`}
          name="note"
          label="What you found or did"
          hint="It leaves this list, also while the records differ. The note stays."
          defaultValue={typed("note", "")}
          maxLength={300}
          required
          error={errorAt("note")}
        />
        <div>
          <SubmitButton kind="quiet" pending="Keeping it">
            Mark as seen to
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}
