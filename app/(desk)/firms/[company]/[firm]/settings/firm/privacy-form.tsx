"use client";

import { useState } from "react";
import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Checkbox } from "#components/forms/checkbox.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendPrivacy } from "./actions.ts";

type Privacy = "open" | "code";

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

export function PrivacyForm({ place, kept }: { place: Place; kept: Privacy }) {
  const { state, form, errorAt, typed } = useActionForm(sendPrivacy, place);
  const [chosen, setChosen] = useState(typed("privacy", kept));
  return (
    <form {...form} onReset={(event) => event.preventDefault()} className="grid gap-5">
      <FormAnswer state={state} />
      <fieldset className="grid gap-1">
        <legend className="font-semibold">A client's other invoices are shown</legend>
        {CHOICES.map(({ value, label, hint }) => (
          <label key={value} className="flex min-h-11 cursor-pointer items-start gap-3 py-2.5">
            <input
              type="radio"
              name="privacy"
              value={value}
              checked={chosen === value}
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
        <Checkbox
          name="understood"
          label="I understand: whoever guesses or forwards a link can see what else this client owes."
          hint="Needed only for open links. Invoice numbers are easy to guess."
          error={errorAt("understood")}
        />
      </div>
      <div>
        <SubmitButton pending="Saving">Save</SubmitButton>
      </div>
    </form>
  );
}
