"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField, FormSelect } from "#app/door/action-form.tsx";
import { sendNewMember } from "./actions.ts";
import { ROLE_OPTIONS } from "./role-words.ts";

type Props = {
  place: Place;
  firmName: string;
  /** Set when the asker may give roles on the whole company. */
  companyName: string | null;
};

export function AddForm({ place, firmName, companyName }: Props) {
  const places = [
    { value: "firm", label: `${firmName} only` },
    { value: "company", label: `All firms of ${companyName}` },
  ];
  return (
    <ActionForm send={sendNewMember} place={place} button="Add person" pending="Adding">
      <FormField name="name" label="Name" required autoComplete="off" />
      <FormField name="email" label="E-mail" type="email" required autoComplete="off" />
      <FormSelect name="role" label="Role" options={ROLE_OPTIONS} kept="staff" />
      {companyName && <FormSelect name="on" label="Where" options={places} />}
    </ActionForm>
  );
}
