"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendTerms } from "./actions.ts";

export function TermsForm({ place, kept }: { place: Place; kept: string }) {
  const { state, form, errorAt, typed } = useActionForm(sendTerms, place);
  return (
    <form {...form} className="grid gap-5">
      <FormAnswer state={state} />
      <TextArea
        name="body"
        label="Terms"
        hint="Plain text, an empty line between parts."
        rows={16}
        maxLength={20_000}
        required
        defaultValue={typed("body", kept)}
        error={errorAt("body")}
      />
      <div>
        <SubmitButton pending="Publishing">Publish as a new version</SubmitButton>
      </div>
    </form>
  );
}
