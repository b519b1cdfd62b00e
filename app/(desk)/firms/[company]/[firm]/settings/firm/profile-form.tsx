"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormCheckbox, FormField } from "#app/door/action-form.tsx";
import { sendProfile } from "./actions.ts";
import { AccentField, LogoField } from "./profile-fields.tsx";

export type Profile = {
  name: string;
  accent: string | null;
  logo: string | null;
  supportEmail: string | null;
  supportPhone: string | null;
};

export function ProfileForm({ place, kept }: { place: Place; kept: Profile }) {
  return (
    <ActionForm send={sendProfile} place={place} button="Save" pending="Saving">
      <FormField name="name" label="Name" required kept={kept.name} />
      <FormField
        name="supportEmail"
        label="E-mail for payers' questions"
        type="email"
        optional
        hint="Shown on pay pages, receipts and letters."
        kept={kept.supportEmail ?? ""}
      />
      <FormField
        name="supportPhone"
        label="Telephone for payers' questions"
        type="tel"
        optional
        kept={kept.supportPhone ?? ""}
      />
      <LogoField kept={kept.logo} />
      {kept.logo && <FormCheckbox name="removeLogo" label="Remove the logo" />}
      <FormCheckbox
        name="ownAccent"
        label="Use the firm's own colour on pay pages"
        hint="Where it would be hard to read, it is drawn darker or lighter."
        isKept={kept.accent !== null}
      />
      <AccentField kept={kept.accent} />
    </ActionForm>
  );
}
