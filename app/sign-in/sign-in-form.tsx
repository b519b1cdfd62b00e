"use client";

import { useActionForm } from "#app/door/use-action-form.ts";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { sendSignIn } from "./actions.ts";

export function SignInForm({ next }: { next: string | null }) {
  const { form, faults, errorAt, typed } = useActionForm(sendSignIn);
  return (
    <form {...form} noValidate className="grid gap-5">
      <ErrorSummary title="You are not signed in" errors={faults} />
      {next && <input type="hidden" name="next" value={next} />}
      <Field
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        defaultValue={typed("email")}
        error={errorAt("email")}
      />
      <Field
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        error={errorAt("password")}
      />
      <SubmitButton pending="Signing in" wide>
        Sign in
      </SubmitButton>
    </form>
  );
}
