"use client";

import { useActionForm } from "#app/door/use-action-form.ts";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { sendSetUp } from "./actions.ts";

export function SetUpForm({ origin }: { origin: string }) {
  const { form, faults, errorAt, typed } = useActionForm(sendSetUp);
  const field = (name: string) => ({ name, required: true, defaultValue: typed(name), error: errorAt(name) });
  const slug = { autoCapitalize: "none", spellCheck: false, code: true } as const;
  return (
    <form {...form} noValidate className="grid gap-8">
      <ErrorSummary errors={faults} />
      <fieldset className="grid gap-5">
        <legend className="mb-3 font-semibold text-lg">The company and its first firm</legend>
        <Field
          {...field("companyName")}
          label="Company"
          hint="Who runs this desk."
          autoComplete="organization"
        />
        <Field
          {...field("companySlug")}
          {...slug}
          label="Company in links"
          hint="Small letters, digits and dashes."
        />
        <Field
          {...field("firmName")}
          label="Firm"
          hint="Whose invoices are paid here; payers see this name."
        />
        <Field
          {...field("firmSlug")}
          {...slug}
          label="Firm in links"
          hint={`Pay links begin with ${origin}/pay/company/firm`}
        />
      </fieldset>
      <fieldset className="grid gap-5">
        <legend className="mb-3 font-semibold text-lg">You, its owner</legend>
        <Field {...field("name")} label="Your name" autoComplete="name" />
        <Field {...field("email")} label="E-mail" type="email" autoComplete="username" />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="new-password"
          required
          hint="At least 15 characters. A few unrelated words do well."
          error={errorAt("password")}
        />
      </fieldset>
      <SubmitButton pending="Setting up" wide>
        Set up this desk
      </SubmitButton>
    </form>
  );
}
