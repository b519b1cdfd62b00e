"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormTextArea } from "#app/door/action-form.tsx";
import { sendTerms } from "./actions.ts";

export function TermsForm({ place, kept }: { place: Place; kept: string }) {
  return (
    <ActionForm send={sendTerms} place={place} button="Publish as a new version" pending="Publishing">
      <FormTextArea
        name="body"
        label="Terms"
        hint="Plain text, an empty line between parts."
        rows={16}
        maxLength={20_000}
        required
        kept={kept}
      />
    </ActionForm>
  );
}
