"use client";

import type { ChangeEvent } from "react";
import type { ActionState } from "#app/door/action-state.ts";
import { controlClass, FieldFrame, framed } from "#components/forms/field-frame.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { Notice } from "#components/notice.tsx";

const SHOWN = 200;

/** A file, or its text pasted. What was pasted does not come back: nobody knows what else is in it. */
export function FileFields({
  error,
  hint = "JSON or CSV, up to 900 kB.",
}: {
  error: string | undefined;
  hint?: string;
}) {
  const file = { hint, error };
  return (
    <>
      <FieldFrame id="file" label="File" optional={false} {...file}>
        <input
          type="file"
          name="file"
          accept=".json,.csv,application/json,text/csv"
          onChange={tellTooLarge}
          className={controlClass}
          {...framed("file", file)}
        />
      </FieldFrame>
      <TextArea name="pasted" label="Or its text" rows={6} optional />
    </>
  );
}

/** What an import came to: its sentence, then its lines. Of very many the first are shown. */
export function FileAnswer({ state }: { state: ActionState }) {
  if (state.status === "idle") return null;
  const lines = (state.status === "ok" ? state.lines : state.fields.file) ?? [];
  const isFaults = state.status === "ok" || lines.some((line) => line !== state.message);
  return (
    <Notice tone={state.status === "ok" ? "ok" : "danger"} title={state.message}>
      {isFaults && lines.length > 0 && (
        <ul className="mt-1 grid gap-1 break-words text-sm">
          {[...new Set(lines)].slice(0, SHOWN).map((line) => (
            <li key={line}>{line}</li>
          ))}
          {lines.length > SHOWN && <li>And {lines.length - SHOWN} more.</li>}
        </ul>
      )}
    </Notice>
  );
}

/** Said before it is sent: a larger form is not let in at all. */
function tellTooLarge({ currentTarget }: ChangeEvent<HTMLInputElement>) {
  const [file] = currentTarget.files ?? [];
  currentTarget.setCustomValidity(file && file.size > 900_000 ? "The file is over 900 kB: split it." : "");
  currentTarget.reportValidity();
}
