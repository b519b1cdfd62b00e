"use client";

import type { Place } from "#app/door/action.ts";
import { FormAnswer } from "#app/door/action-form.tsx";
import { useActionForm } from "#app/door/use-action-form.ts";
import { CopyText } from "#components/copy-text.tsx";
import { Field } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { sendNewKey } from "./actions.ts";

type Props = { place: Place; organisations: { value: string; label: string }[] };

/** Its answer holds the key, this once. */
export function MakeForm({ place, organisations }: Props) {
  const { state, form, errorAt, typed } = useActionForm(sendNewKey, place);
  const [key] = state.status === "ok" ? (state.lines ?? []) : [];
  return (
    <form {...form} noValidate className="grid max-w-xl gap-5">
      <FormAnswer state={state} />
      {key && <CopyText text={key} label="the API key" />}
      <Field
        name="name"
        label="Which system will use it"
        hint="As your people call it: “Till”, “Web shop”."
        required
        autoComplete="off"
        defaultValue={typed("name")}
        error={errorAt("name")}
      />
      <Select
        name="connectionId"
        label="For the organisation"
        options={organisations}
        defaultValue={typed("connectionId", organisations[0]?.value)}
        error={errorAt("connectionId")}
      />
      <div>
        <SubmitButton pending="Making the key">Make a key</SubmitButton>
      </div>
    </form>
  );
}
