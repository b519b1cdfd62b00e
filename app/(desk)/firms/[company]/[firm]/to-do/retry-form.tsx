"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { SubmitButton } from "#components/submit-button.tsx";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendRetry } from "./actions.ts";

export function RetryForm({ place, postingIds }: { place: Place; postingIds: string[] }) {
  const { state, form } = useActionForm(sendRetry, place);
  return (
    <form {...form} className="grid justify-items-start gap-3">
      <FormAnswer state={state} />
      <input type="hidden" name="postingIds" value={postingIds.join(" ")} />
      <SubmitButton kind="quiet" pending="Looking in Xero">
        {postingIds.length > 1 ? `Try all ${postingIds.length} again` : "Try again"}
      </SubmitButton>
    </form>
  );
}
