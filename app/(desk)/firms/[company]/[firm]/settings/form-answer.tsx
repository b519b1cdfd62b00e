import type { ActionState } from "#app/door/action-state.ts";
import { Notice } from "#components/notice.tsx";

/** What a section's form said last, beside its button. Faults at fields are told there. */
export function FormAnswer({ state }: { state: ActionState }) {
  if (state.status === "idle") return null;
  return <Notice tone={state.status === "ok" ? "ok" : "danger"}>{state.message}</Notice>;
}
