"use client";

import { useState } from "react";
import { FormCheckbox, useAnswer } from "#app/door/action-form.tsx";

export type Privacy = "open" | "code";

const CHOICES: { value: Privacy; label: string; hint: string }[] = [
  {
    value: "code",
    label: "After a code by e-mail",
    hint: "A link shows its own invoice. The client's other invoices appear after a code sent to the e-mail that Xero holds.",
  },
  {
    value: "open",
    label: "At once, to anyone with the link",
    hint: "Number, due date and amount of the client's other invoices, without any proof of who is asking.",
  },
];

/** Who sees a client's other invoices; the open choice asks for a tick. */
export function PrivacyChoice({ kept }: { kept: Privacy }) {
  const [chosen, setChosen] = useState(useAnswer().typed("privacy", kept));
  return (
    <>
      <fieldset className="grid gap-1">
        <legend className="font-semibold">A client's other invoices are shown</legend>
        {CHOICES.map(({ value, label, hint }) => (
          <label key={value} className="flex min-h-11 cursor-pointer items-start gap-3 py-2.5">
            <input
              type="radio"
              name="privacy"
              value={value}
              defaultChecked={chosen === value}
              onChange={() => setChosen(value)}
              className="mt-1 size-5 flex-none accent-accent"
            />
            <span>
              {label}
              <span className="block text-muted text-sm">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className={chosen === "open" ? "" : "hidden noscript:block"}>
        <FormCheckbox
          name="understood"
          isKept={kept === "open"}
          label="I understand: whoever guesses or forwards a link can see what else this client owes."
          hint="Needed only for open links. Invoice numbers are easy to guess."
        />
      </div>
    </>
  );
}
