"use client";

import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { sendNewFirm } from "./actions.ts";

export function FirmForm({ companySlug, linkStart }: { companySlug: string; linkStart: string }) {
  const { form, errorAt, typed } = useActionForm(sendNewFirm);
  return (
    <form {...form} noValidate className="grid max-w-md gap-5">
      <input type="hidden" name="companySlug" value={companySlug} />
      <Field
        name="name"
        label="Firm"
        required
        hint="Whose invoices are paid here; payers see this name."
        defaultValue={typed("name")}
        error={errorAt("name")}
      />
      <Field
        name="firmSlug"
        label="Firm in links"
        required
        code
        autoCapitalize="none"
        spellCheck={false}
        hint={`Its pay links begin with ${linkStart}/… and keep this name for ever.`}
        defaultValue={typed("firmSlug")}
        error={errorAt("firmSlug")}
      />
      <div>
        <SubmitButton pending="Adding">Add firm</SubmitButton>
      </div>
    </form>
  );
}
