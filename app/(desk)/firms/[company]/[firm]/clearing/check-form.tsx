"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendCheck } from "./actions.ts";

export function CheckForm({ place, connectionId }: { place: Place; connectionId: string }) {
  const { state, form } = useActionForm(sendCheck, place);
  return (
    <form {...form} className="grid justify-items-start gap-3">
      <FormAnswer state={state} />
      <input type="hidden" name="connectionId" value={connectionId} />
      <SubmitButton kind="quiet" pending="Asking Xero">
        Check now
      </SubmitButton>
    </form>
  );
}
