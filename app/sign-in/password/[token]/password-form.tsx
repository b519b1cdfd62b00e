"use client";

import { useActionForm } from "#app/door/use-action-form.ts";
import { ErrorSummary } from "#components/forms/error-summary.tsx";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { sendNewPassword } from "./actions.ts";

export function PasswordForm({ link, email }: { link: string; email: string }) {
  const { form, faults, errorAt } = useActionForm(sendNewPassword);
  return (
    <form {...form} noValidate className="grid gap-5">
      <ErrorSummary title="The password is not set" errors={faults} />
      <input type="hidden" name="link" value={link} />
      {/* For password managers, so that they keep the new password under the right name; it is not sent. */}
      <input type="email" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        hint="At least 15 characters. A few unrelated words do well."
        error={errorAt("password")}
      />
      <SubmitButton pending="Setting the password" wide>
        Set password and sign in
      </SubmitButton>
    </form>
  );
}
