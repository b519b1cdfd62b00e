"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendEndLate, sendTryLate } from "./late-actions.ts";

type LateFormProps = { place: Place; kind: string; id: string };

export function TryForm({ place, kind, id }: LateFormProps) {
  const { state, form } = useActionForm(sendTryLate, place);
  return (
    <form {...form} className="grid justify-items-start gap-3">
      <FormAnswer state={state} />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <SubmitButton kind="quiet" pending="Trying">
        Try again now
      </SubmitButton>
    </form>
  );
}

/** Opened only by who wants it. */
export function EndForm({ place, kind, id }: LateFormProps) {
  const { state, form, errorAt, typed } = useActionForm(sendEndLate, place);
  return (
    <details open={state.status === "error"}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
        Mark as resolved…
      </summary>
      <form {...form} className="grid max-w-xl gap-4 pt-2">
        <FormAnswer state={state} />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="id" value={id} />
        <Field
          id={`end-${id}`}
          name="note"
          label="What you did"
          hint="The desk does nothing more about it, and this note stays."
          defaultValue={typed("note", "")}
          maxLength={300}
          required
          error={errorAt("note")}
        />
        <div>
          <SubmitButton kind="quiet" pending="Saving">
            Mark as resolved
          </SubmitButton>
        </div>
      </form>
    </details>
  );
}
