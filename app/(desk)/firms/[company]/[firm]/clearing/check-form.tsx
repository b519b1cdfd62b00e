"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm } from "#app/door/action-form.tsx";
import { sendCheck } from "./actions.ts";

export function CheckForm({ place, connectionId }: { place: Place; connectionId: string }) {
  return (
    <ActionForm
      {...{ send: sendCheck, place, hidden: { connectionId } }}
      kind="quiet"
      button="Check now"
      pending="Asking Xero"
    />
  );
}
