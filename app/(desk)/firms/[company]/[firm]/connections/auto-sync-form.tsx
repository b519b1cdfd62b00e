"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { Notice } from "#components/notice.tsx";
import { sendAutoSync } from "./auto-sync-action.ts";

type AutoSyncFormProps = { place: Place; connectionId: string; autoSync: boolean };

/** Stops reading an organisation of our own accord, or begins again. */
export function AutoSyncForm({ place, connectionId, autoSync }: AutoSyncFormProps) {
  const { state, form } = useActionForm(sendAutoSync, place);
  return (
    <form {...form} className="grid justify-items-start gap-2">
      <input type="hidden" name="connectionId" value={connectionId} />
      <input type="hidden" name="on" value={autoSync ? "no" : "yes"} />
      <SubmitButton kind="quiet" pending="Saving">
        {autoSync ? "Turn automatic reading off" : "Turn automatic reading on"}
      </SubmitButton>
      {state.status === "error" && <Notice tone="danger">{state.message}</Notice>}
      {state.status === "ok" && <p role="status">{state.message}</p>}
    </form>
  );
}
