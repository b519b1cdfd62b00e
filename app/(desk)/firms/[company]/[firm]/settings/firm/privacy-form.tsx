"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm } from "#app/door/action-form.tsx";
import { sendPrivacy } from "./actions.ts";
import { type Privacy, PrivacyChoice } from "./privacy-choice.tsx";

export function PrivacyForm({ place, kept }: { place: Place; kept: Privacy }) {
  return (
    <ActionForm send={sendPrivacy} place={place} button="Save" pending="Saving">
      <PrivacyChoice kept={kept} />
    </ActionForm>
  );
}
