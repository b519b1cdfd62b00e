"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FileAnswer, FileFields } from "../../file-fields.tsx";
import { sendFile } from "./actions.ts";

type UploadFormProps = { place: Place; organisations: { value: string; label: string }[] };

/** Brings a file. It sends nothing: the next page shows what would happen. */
export function UploadForm({ place, organisations }: UploadFormProps) {
  const { state, form, errorAt, typed } = useActionForm(sendFile, place);
  const [only, ...others] = organisations;
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FileAnswer state={state} />
      <Select
        name="connectionId"
        label="Organisation"
        hint="Where the invoices are written."
        placeholder="Choose an organisation"
        options={organisations}
        defaultValue={typed("connectionId", others.length === 0 ? only?.value : "")}
        required
        error={errorAt("connectionId")}
      />
      <Field
        name="source"
        label="Source"
        hint="Where the orders come from, by a name that never changes. Of another source the same number is another order."
        defaultValue={typed("source", "upload")}
        maxLength={40}
        required
        error={errorAt("source")}
      />
      <FileFields error={errorAt("file")} hint="CSV, up to 900 kB and 500 orders." />
      <div>
        <SubmitButton pending="Reading it">Review orders</SubmitButton>
      </div>
    </form>
  );
}
