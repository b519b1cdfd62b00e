"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FileAnswer, FileFields } from "../../../file-fields.tsx";
import { sendCredentials } from "./actions.ts";

export function ImportForm({ place }: { place: Place }) {
  const { state, form, errorAt } = useActionForm(sendCredentials, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FileAnswer state={state} />
      <FileFields error={errorAt("file")} />
      <div>
        <SubmitButton pending="Importing">Import</SubmitButton>
      </div>
    </form>
  );
}
