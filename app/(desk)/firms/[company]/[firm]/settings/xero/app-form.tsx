"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField, FormTextArea } from "#app/door/action-form.tsx";
import { sendCompanyApp, sendCustomApp, sendFirmApp } from "./actions.ts";
import { hintsFor } from "./app-hints.ts";

type AppFormProps = {
  place: Place;
  whose: keyof typeof SEND;
  /** What is kept; undefined for a new app. Secrets are told as there or not. */
  kept: { clientId: string; scopes: string; webhookKeySet: boolean } | undefined;
  defaultScopes: string;
  /** Words by which it is opened; without them it stands open. */
  opens?: string;
};

const SEND = { firm: sendFirmApp, company: sendCompanyApp, custom: sendCustomApp };

export function AppForm({ place, whose, kept, defaultScopes, opens }: AppFormProps) {
  const named = (name: string) => ({ id: `${whose}-${name}`, name });
  const code = { code: true, autoComplete: "off", spellCheck: false } as const;
  const hints = hintsFor(whose, kept);
  const button = whose === "custom" ? "Test, save and connect" : "Test and save";
  return (
    <ActionForm send={SEND[whose]} place={place} button={button} pending="Testing with Xero" opens={opens}>
      <FormField
        {...named("clientId")}
        {...code}
        label="Client id"
        kept={kept?.clientId}
        hint="On the app's Configuration page at Xero: 32 capital letters and digits."
        required
      />
      <FormField
        {...named("clientSecret")}
        {...code}
        label="Client secret"
        type="password"
        hint={hints.secret}
        required={!kept}
      />
      <FormField
        {...named("webhookKey")}
        {...code}
        label="Webhook key"
        type="password"
        hint={hints.webhookKey}
        optional
      />
      <FormTextArea
        {...named("scopes")}
        label="Scopes"
        rows={4}
        kept={kept?.scopes ?? defaultScopes}
        hint={hints.scopes}
        required
      />
    </ActionForm>
  );
}
