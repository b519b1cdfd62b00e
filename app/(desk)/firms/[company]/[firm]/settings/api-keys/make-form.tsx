"use client";

import type { Place } from "#app/door/action.ts";
import { FormAnswer } from "#app/door/action-form.tsx";
import { useActionForm } from "#app/door/use-action-form.ts";
import { CopyText } from "#components/copy-text.tsx";
import { Checkbox } from "#components/forms/checkbox.tsx";
import { Field } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { sendNewKey } from "./actions.ts";

type Props = {
  place: Place;
  organisations: { value: string; label: string }[];
  /** All that a key may do, each with its name in the API. */
  scopes: { name: string; label: string }[];
};

/** Its answer holds the key, this once. */
export function MakeForm({ place, organisations, scopes }: Props) {
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
      <Select
        name="process"
        label="What its orders become"
        hint="Where an order itself does not say."
        options={[
          { value: "", label: "As the organisation is set" },
          { value: "untracked", label: "Untracked: an invoice" },
          { value: "tracked", label: "Tracked: a purchase order and an invoice" },
        ]}
        defaultValue={typed("process", "")}
        error={errorAt("process")}
      />
      <fieldset className="grid">
        <legend className="font-semibold text-sm">What it may do</legend>
        {scopes.map(({ name, label }) => (
          <Checkbox
            key={name}
            name={name}
            label={label}
            defaultChecked={state.status === "error" ? name in state.values : true}
            error={errorAt(name)}
          />
        ))}
      </fieldset>
      <div>
        <SubmitButton pending="Making the key">Make a key</SubmitButton>
      </div>
    </form>
  );
}
