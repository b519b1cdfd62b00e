"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/field.tsx";
import { SubmitButton } from "#components/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendKey, sendWebhookSecret } from "./actions.ts";

export function KeyForm({ place }: { place: Place }) {
  const { state, form, errorAt } = useActionForm(sendKey, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <Field
        name="secretKey"
        label="Secret key"
        hint="Starts with sk_ or rk_. It is tested, sealed, and never shown again."
        type="password"
        autoComplete="off"
        code
        required
        error={errorAt("secretKey")}
      />
      <div>
        <SubmitButton pending="Testing the key">Test and save</SubmitButton>
      </div>
    </form>
  );
}

export function WebhookSecretForm({ place }: { place: Place }) {
  const { state, form, errorAt } = useActionForm(sendWebhookSecret, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <Field
        name="webhookSecret"
        label="Signing secret"
        hint="Starts with whsec_."
        type="password"
        autoComplete="off"
        code
        required
        error={errorAt("webhookSecret")}
      />
      <div>
        <SubmitButton kind="quiet" pending="Saving">
          Save the signing secret
        </SubmitButton>
      </div>
    </form>
  );
}
