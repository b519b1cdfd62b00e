"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField } from "#app/door/action-form.tsx";
import { sendEndLate, sendTryLate } from "./late-actions.ts";

type LateFormProps = { place: Place; kind: string; id: string };

export function TryForm({ place, kind, id }: LateFormProps) {
  return (
    <ActionForm
      {...{ send: sendTryLate, place, hidden: { kind, id } }}
      kind="quiet"
      button="Try again now"
      pending="Trying"
    />
  );
}

export function EndForm({ place, kind, id }: LateFormProps) {
  return (
    <ActionForm
      {...{ send: sendEndLate, place, hidden: { kind, id } }}
      opens="Mark as resolved…"
      kind="quiet"
      button="Mark as resolved"
      pending="Saving"
    >
      <FormField
        id={`end-${id}`}
        name="note"
        label="What you did"
        hint="The desk does nothing more about it, and this note stays."
        maxLength={300}
        required
      />
    </ActionForm>
  );
}
