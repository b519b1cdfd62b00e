"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField } from "#app/door/action-form.tsx";
import { sendKey, sendRenewedKey, sendWebhookSecret } from "./actions.ts";

const SECRET = { type: "password", autoComplete: "off", code: true, required: true } as const;

export function KeyForm({ place }: { place: Place }) {
  return (
    <ActionForm send={sendKey} place={place} button="Test and save" pending="Testing the key">
      <FormField
        {...SECRET}
        name="secretKey"
        label="Secret key"
        hint="Starts with sk_ or rk_. It is tested, sealed, and never shown again."
      />
    </ActionForm>
  );
}

export function RenewKeyForm({ place, accountId }: { place: Place; accountId: string }) {
  return (
    <ActionForm
      {...{ send: sendRenewedKey, place, hidden: { accountId } }}
      kind="quiet"
      button="Renew the key"
      pending="Testing the key"
    >
      <FormField
        {...SECRET}
        name="secretKey"
        label="New secret key of this account"
        hint="For refunds, disputes and payouts of payments that it took. It takes no new payments."
      />
    </ActionForm>
  );
}

export function WebhookSecretForm({ place }: { place: Place }) {
  return (
    <ActionForm
      {...{ send: sendWebhookSecret, place }}
      kind="quiet"
      button="Save the signing secret"
      pending="Saving"
    >
      <FormField {...SECRET} name="webhookSecret" label="Signing secret" hint="Starts with whsec_." />
    </ActionForm>
  );
}
