"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm } from "#app/door/action-form.tsx";
import { sendReopen } from "./actions.ts";

type ReopenFormProps = { place: Place; caller: string; invoiceKey: string | null };

export function ReopenForm({ place, caller, invoiceKey }: ReopenFormProps) {
  const hidden = { caller, ...(invoiceKey === null ? {} : { invoiceKey }) };
  return (
    <ActionForm {...{ send: sendReopen, place, hidden }} kind="quiet" button="Open now" pending="Opening" />
  );
}
