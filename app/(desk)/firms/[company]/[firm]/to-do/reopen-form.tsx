"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendReopen } from "./actions.ts";

type ReopenFormProps = { place: Place; caller: string; invoiceKey: string | null };

export function ReopenForm({ place, caller, invoiceKey }: ReopenFormProps) {
  const { state, form } = useActionForm(sendReopen, place);
  return (
    <form {...form} className="grid justify-items-start gap-3">
      <FormAnswer state={state} />
      <input type="hidden" name="caller" value={caller} />
      {invoiceKey !== null && <input type="hidden" name="invoiceKey" value={invoiceKey} />}
      <SubmitButton kind="quiet" pending="Opening">
        Open now
      </SubmitButton>
    </form>
  );
}
