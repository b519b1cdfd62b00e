"use client";

import type { ChangeEvent } from "react";
import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Checkbox } from "#components/forms/checkbox.tsx";
import { Field } from "#components/forms/field.tsx";
import { controlClass, FieldFrame, framed } from "#components/forms/field-frame.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendProfile } from "./actions.ts";

export type Profile = {
  name: string;
  accent: string | null;
  logo: string | null;
  supportEmail: string | null;
  supportPhone: string | null;
};

const LOGO_HINT = "PNG, JPEG or WebP, at most 200 kB.";

export function ProfileForm({ place, kept }: { place: Place; kept: Profile }) {
  const { state, form, errorAt, typed } = useActionForm(sendProfile, place);
  const colourHint = "Where it would be hard to read, it is drawn darker or lighter.";
  const logo = { hint: LOGO_HINT, error: errorAt("logo") };
  return (
    <form {...form} className="grid gap-5">
      <FormAnswer state={state} />
      <Field
        name="name"
        label="Name"
        required
        defaultValue={typed("name", kept.name)}
        error={errorAt("name")}
      />
      <Field
        name="supportEmail"
        label="E-mail for payers' questions"
        type="email"
        optional
        hint="Shown on pay pages, receipts and letters."
        defaultValue={typed("supportEmail", kept.supportEmail ?? "")}
        error={errorAt("supportEmail")}
      />
      <Field
        name="supportPhone"
        label="Telephone for payers' questions"
        type="tel"
        optional
        defaultValue={typed("supportPhone", kept.supportPhone ?? "")}
        error={errorAt("supportPhone")}
      />
      <FieldFrame id="logo" label="Logo" optional {...logo}>
        {kept.logo && (
          // biome-ignore lint/performance/noImgElement: a small data: picture, nothing to optimise
          <img src={kept.logo} alt="The logo as it is now" className="max-h-16 max-w-48 object-contain" />
        )}
        <input
          type="file"
          name="logo"
          accept="image/png,image/jpeg,image/webp"
          onChange={tellTooLarge}
          className={controlClass}
          {...framed("logo", logo)}
        />
      </FieldFrame>
      {kept.logo && <Checkbox name="removeLogo" label="Remove the logo" />}
      <div className="grid gap-2">
        <Checkbox
          name="ownAccent"
          label="Use the firm's own colour on pay pages"
          hint={colourHint}
          defaultChecked={state.status === "error" ? "ownAccent" in state.values : kept.accent !== null}
        />
        <FieldFrame id="accent" label="Colour" hint={null} error={errorAt("accent")} optional={false}>
          <input
            type="color"
            name="accent"
            defaultValue={typed("accent", kept.accent ?? "#1f5443")}
            className="h-11 w-20 cursor-pointer rounded border border-edge bg-sheet p-1"
            {...framed("accent", { hint: null, error: errorAt("accent") })}
          />
        </FieldFrame>
      </div>
      <div>
        <SubmitButton pending="Saving">Save</SubmitButton>
      </div>
    </form>
  );
}

/** Said before it is sent: far larger files are not let in at all. */
function tellTooLarge({ currentTarget }: ChangeEvent<HTMLInputElement>) {
  const [file] = currentTarget.files ?? [];
  currentTarget.setCustomValidity(
    file && file.size > 200_000 ? "The picture is over 200 kB. Save it smaller." : "",
  );
  currentTarget.reportValidity();
}
