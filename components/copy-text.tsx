"use client";

import { useEffect, useState } from "react";
import { buttonClass } from "./forms/button-class.ts";

/** A text to take elsewhere: one click selects it; with JavaScript there is a button that copies it. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<"no-script" | "ready" | "copied" | "refused">("no-script");
  useEffect(() => setState("ready"), []);

  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState("copied"),
      () => setState("refused"),
    );

  return (
    <div className="flex flex-wrap items-start gap-2">
      <code className="flex min-h-11 min-w-0 flex-1 basis-64 select-all items-center break-all rounded border border-line bg-tint px-3 py-2 font-mono text-sm">
        {text}
      </code>
      {state !== "no-script" && (
        <button type="button" onClick={copy} aria-label={`Copy ${label}`} className={buttonClass("quiet")}>
          {state === "copied" ? "Copied" : "Copy"}
        </button>
      )}
      <span role="status" className={state === "refused" ? "basis-full text-muted text-sm" : "sr-only"}>
        {state === "copied" && "Copied"}
        {state === "refused" && "This browser did not allow it; select the text and copy it by hand."}
      </span>
    </div>
  );
}
