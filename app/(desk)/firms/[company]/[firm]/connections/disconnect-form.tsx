"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { buttonClass } from "#components/forms/button-class.ts";
import { Checkbox } from "#components/forms/checkbox.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { Notice } from "#components/notice.tsx";
import { sendDisconnect } from "./actions.ts";

type DisconnectFormProps = { place: Place; connectionId: string; organisationName: string };

/** Asks before it disconnects; offers to end it here alone once Xero could not be reached. */
export function DisconnectForm({ place, connectionId, organisationName }: DisconnectFormProps) {
  const { state, form } = useActionForm(sendDisconnect, place);
  const failed = state.status === "error";
  return (
    <details className="group" open={failed || undefined}>
      <summary className={`plain ${buttonClass("danger")} group-open:mb-4`}>Disconnect</summary>
      <form {...form} className="grid max-w-xl justify-items-start gap-4 border-danger border-l-4 py-1 pl-4">
        <input type="hidden" name="connectionId" value={connectionId} />
        <div className="grid gap-2">
          <p>
            Nobody can pay invoices of {organisationName} by link until it is connected again. Payments and
            their history stay here; nothing in Xero changes.
          </p>
          <p className="text-muted text-sm">
            Payments that are not in Xero yet wait until it is connected again.
          </p>
        </div>
        {state.status === "error" && (
          <>
            <Notice tone="danger">{state.message}</Notice>
            <Checkbox name="hereOnly" label="End it here only. I will remove the app inside Xero myself." />
          </>
        )}
        <SubmitButton kind="danger" pending="Disconnecting">
          Disconnect {organisationName}
        </SubmitButton>
      </form>
    </details>
  );
}
