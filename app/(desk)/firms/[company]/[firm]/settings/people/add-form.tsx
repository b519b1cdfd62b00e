"use client";

import type { Place } from "#app/door/action.ts";
import { FormAnswer } from "#app/door/action-form.tsx";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/forms/field.tsx";
import { Select } from "#components/forms/select.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { sendNewMember } from "./actions.ts";
import { ROLE_OPTIONS } from "./role-words.ts";

type Props = {
  place: Place;
  firmName: string;
  /** Set when the asker may give roles on the whole company. */
  companyName: string | null;
};

export function AddForm({ place, firmName, companyName }: Props) {
  const { state, form, errorAt, typed } = useActionForm(sendNewMember, place);
  const places = [
    { value: "firm", label: `${firmName} only` },
    { value: "company", label: `All firms of ${companyName}` },
  ];
  return (
    <form {...form} noValidate className="grid gap-5">
      <FormAnswer state={state} />
      <Field
        name="name"
        label="Name"
        required
        autoComplete="off"
        defaultValue={typed("name")}
        error={errorAt("name")}
      />
      <Field
        name="email"
        label="E-mail"
        type="email"
        required
        autoComplete="off"
        defaultValue={typed("email")}
        error={errorAt("email")}
      />
      <Select
        name="role"
        label="Role"
        options={ROLE_OPTIONS}
        defaultValue={typed("role", "staff")}
        error={errorAt("role")}
      />
      {companyName && <Select name="on" label="Where" options={places} error={errorAt("on")} />}
      <div>
        <SubmitButton pending="Adding">Add person</SubmitButton>
      </div>
    </form>
  );
}
