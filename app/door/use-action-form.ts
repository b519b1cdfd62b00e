"use client";

import { useActionState, useEffect, useRef } from "react";
import { type ActionState, idle } from "./action-state.ts";

type Fault = { field: string | null; message: string };

/**
 * One form with a server action, with and without JavaScript: what it said, its errors (an ErrorSummary or each field
 * takes them), and what was typed before. Sets the focus on the first error, or on the answer.
 */
export function useActionForm(action: (before: ActionState, form: FormData) => Promise<ActionState>) {
  const [state, send] = useActionState(action, idle);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.status !== "error") return;
    form.current?.querySelector<HTMLElement>("[role=alert], [aria-invalid=true]")?.focus();
  }, [state]);
  return {
    state,
    /** Spread on the form element. */
    form: { action: send, ref: form },
    faults: faultsOf(state),
    /** The first message at a field. */
    errorAt: (name: string) => (state.status === "error" ? state.fields[name]?.[0] : undefined),
    /** What was typed when the form came back with an error; else what is kept. */
    typed: (name: string, kept = "") => (state.status === "error" ? (state.values[name] ?? kept) : kept),
  };
}

function faultsOf(state: ActionState): Fault[] {
  if (state.status !== "error") return [];
  const atFields = Object.entries(state.fields).flatMap(([field, messages = []]) =>
    messages.slice(0, 1).map((message) => ({ field, message })),
  );
  return atFields.length > 0 ? atFields : [{ field: null, message: state.message }];
}
