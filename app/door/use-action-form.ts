"use client";

import { useActionState, useEffect, useRef } from "react";
import type { Place } from "./action.ts";
import { type ActionState, idle } from "./action-state.ts";

type Action = (before: ActionState, form: FormData) => Promise<ActionState>;
type FirmAction = (place: Place, before: ActionState, form: FormData) => Promise<ActionState>;

type Fault = { field: string | null; message: string };

/**
 * One form with a server action, with and without JavaScript: what it said, its errors (an ErrorSummary or each field
 * takes them), and what was typed before. Sets the focus on the first error, and brings into view that it was saved. For a
 * firm's action the page's place comes second, as the very object that the page handed down: `useActionForm(sendProfile, place)`.
 */
export function useActionForm(...asked: [Action] | [FirmAction, Place]) {
  const [state, send] = useActionState(asked.length === 2 ? boundTo(...asked) : asked[0], idle);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.status === "ok")
      form.current?.querySelector("[role=status]")?.scrollIntoView({ block: "nearest" });
    if (state.status === "error")
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

const bound = new WeakMap<Place, WeakMap<FirmAction, Action>>();

/**
 * Binds an action to a place once, not at each render: after a post without JavaScript the server's React waits for a
 * bound action and starts over, and would wait for ever if each start made a new one.
 */
function boundTo(action: FirmAction, place: Place): Action {
  const actions = bound.get(place) ?? new WeakMap<FirmAction, Action>();
  bound.set(place, actions);
  const known = actions.get(action) ?? action.bind(null, place);
  actions.set(action, known);
  return known;
}
