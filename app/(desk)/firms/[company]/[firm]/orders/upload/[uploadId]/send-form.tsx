"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FileAnswer } from "../../../file-fields.tsx";
import { sendReviewed } from "../actions.ts";

type SendFormProps = { place: Place; uploadId: string; seen: string; count: number };

/** Sends what the page shows, unless that has changed since; `count` 0: only says what was sent last. */
export function SendForm({ place, uploadId, seen, count }: SendFormProps) {
  const { state, form } = useActionForm(sendReviewed, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FileAnswer state={state} />
      <input type="hidden" name="uploadId" value={uploadId} />
      <input type="hidden" name="seen" value={seen} />
      {count > 0 && (
        <div>
          <SubmitButton pending="Sending">{`Send ${count} ${count === 1 ? "order" : "orders"}`}</SubmitButton>
        </div>
      )}
    </form>
  );
}
