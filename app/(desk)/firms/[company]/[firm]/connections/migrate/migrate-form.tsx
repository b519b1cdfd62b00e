"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FileAnswer, FileFields } from "../../file-fields.tsx";
import { sendLinks } from "./actions.ts";

type MigrateFormProps = {
  place: Place;
  organisations: { connectionId: string; organisationName: string; shortCode: string }[];
};

export function MigrateForm({ place, organisations }: MigrateFormProps) {
  const { state, form, errorAt, typed } = useActionForm(sendLinks, place);
  const [only, ...others] = organisations;
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FileAnswer state={state} />
      <Select
        name="connectionId"
        label="Organisation"
        hint="Whose records these are in Xero."
        placeholder="Choose an organisation"
        options={organisations.map(({ connectionId, organisationName, shortCode }) => ({
          value: connectionId,
          label: `${organisationName} (${shortCode})`,
        }))}
        defaultValue={typed("connectionId", others.length === 0 ? only?.connectionId : "")}
        required
        error={errorAt("connectionId")}
      />
      <FileFields error={errorAt("file")} />
      <div>
        <SubmitButton pending="Checking against the books">Check and import</SubmitButton>
      </div>
    </form>
  );
}
