"use client";

import type { Place } from "#app/door/action.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Checkbox } from "#components/forms/checkbox.tsx";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendKey, sendMethods, sendRenewedKey, sendTestPayments, sendWebhookSecret } from "./actions.ts";

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

export function RenewKeyForm({ place, accountId }: { place: Place; accountId: string }) {
  const { state, form, errorAt } = useActionForm(sendRenewedKey, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <input type="hidden" name="accountId" value={accountId} />
      <Field
        name="secretKey"
        label="New secret key of this account"
        hint="For refunds, disputes and payouts of payments that it took. It takes no new payments."
        type="password"
        autoComplete="off"
        code
        required
        error={errorAt("secretKey")}
      />
      <div>
        <SubmitButton kind="quiet" pending="Testing the key">
          Renew the key
        </SubmitButton>
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

export function TestPaymentsForm({ place, isAllowed }: { place: Place; isAllowed: boolean }) {
  const { state, form } = useActionForm(sendTestPayments, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <Checkbox
        key={String(isAllowed)}
        name="allowed"
        value="yes"
        label="Take test payments"
        hint="For trying out, before clients have a pay link. Remove the payments in Xero afterwards: their references end in -TEST."
        defaultChecked={isAllowed}
      />
      <div>
        <SubmitButton kind="quiet" pending="Saving">
          Save
        </SubmitButton>
      </div>
    </form>
  );
}

export function MethodsForm({ place, takesDebits }: { place: Place; takesDebits: boolean }) {
  const { state, form } = useActionForm(sendMethods, place);
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <Checkbox
        name="takesDebits"
        value="yes"
        label="Offer a bank debit beside cards"
        hint="BECS for Australian dollars, Bacs for pounds, SEPA for euros, ACH for US dollars. Switch it on in Stripe first."
        defaultChecked={takesDebits}
      />
      <div>
        <SubmitButton kind="quiet" pending="Saving">
          Save
        </SubmitButton>
      </div>
    </form>
  );
}
