"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import type { Cause } from "#lib/posting/causes.ts";
import { FormAnswer } from "../settings/form-answer.tsx";
import { sendRetry, sendRetryAll } from "./actions.ts";

export function RetryForm({ place, postingId }: { place: Place; postingId: string }) {
  const { state, form } = useActionForm(sendRetry, place);
  return (
    <form {...form} className="grid justify-items-start gap-3">
      <FormAnswer state={state} />
      <input type="hidden" name="postingId" value={postingId} />
      <SubmitButton kind="quiet" pending="Looking in Xero">
        Try again
      </SubmitButton>
    </form>
  );
}

/** All that share a cause, also those that the page has no room for. */
export function RetryAllForm({ place, cause, count }: { place: Place; cause: Cause; count: number }) {
  const { state, form } = useActionForm(sendRetryAll, place);
  return (
    <form {...form} className="grid justify-items-start gap-3">
      <FormAnswer state={state} />
      <input type="hidden" name="cause" value={cause} />
      <SubmitButton kind="quiet" pending="Looking in Xero">{`Try all ${count} again`}</SubmitButton>
    </form>
  );
}
