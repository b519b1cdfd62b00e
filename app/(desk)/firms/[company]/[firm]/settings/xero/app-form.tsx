"use client";

import type { Place } from "#app/door/action.ts";
import type { ActionState } from "#app/door/action-state.ts";
import { useActionForm } from "#app/door/use-action-form.ts";
import { Field } from "#components/forms/field.tsx";
import { SubmitButton } from "#components/forms/submit-button.tsx";
import { TextArea } from "#components/forms/text-area.tsx";
import { FormAnswer } from "../form-answer.tsx";
import { sendCompanyApp, sendCustomApp, sendFirmApp } from "./actions.ts";

type AppFormProps = {
  place: Place;
  whose: "firm" | "company" | "custom";
  /** What is kept; undefined for a new app. Secrets are told as there or not. */
  kept: { clientId: string; scopes: string; webhookKeySet: boolean } | undefined;
  defaultScopes: string;
};

const SEND: Record<
  AppFormProps["whose"],
  (place: Place, before: ActionState, form: FormData) => Promise<ActionState>
> = {
  firm: sendFirmApp,
  company: sendCompanyApp,
  custom: sendCustomApp,
};

export function AppForm({ place, whose, kept, defaultScopes }: AppFormProps) {
  const { state, form, errorAt, typed } = useActionForm(SEND[whose], place);
  const id = (name: string) => `${whose}-${name}`;
  return (
    <form {...form} className="grid max-w-xl gap-4">
      <FormAnswer state={state} />
      <Field
        id={id("clientId")}
        name="clientId"
        label="Client id"
        defaultValue={typed("clientId", kept?.clientId)}
        hint="On the app's Configuration page at Xero: 32 capital letters and digits."
        autoComplete="off"
        spellCheck={false}
        code
        required
        error={errorAt("clientId")}
      />
      <Field
        id={id("clientSecret")}
        name="clientSecret"
        label="Client secret"
        type="password"
        hint={
          kept
            ? "Leave empty to keep the one on file. It is never shown again."
            : "Xero shows it once. Here it is sealed and never shown again."
        }
        autoComplete="off"
        code
        required={!kept}
        error={errorAt("clientSecret")}
      />
      <Field
        id={id("webhookKey")}
        name="webhookKey"
        label="Webhook key"
        type="password"
        hint={
          kept?.webhookKeySet
            ? "Leave empty to keep the one on file."
            : "On the app's Webhooks page. Without it changes in Xero are seen within minutes, with it within seconds."
        }
        autoComplete="off"
        code
        optional
        error={errorAt("webhookKey")}
      />
      <TextArea
        id={id("scopes")}
        name="scopes"
        label="Scopes"
        rows={4}
        defaultValue={typed("scopes", kept?.scopes ?? defaultScopes)}
        hint={
          whose === "custom"
            ? "What must be ticked on its page at Xero, with spaces between. The ones that stand here are all that the desk needs."
            : "What Xero's consent screen asks for, with spaces between. The ones that stand here are all that the desk needs."
        }
        required
        error={errorAt("scopes")}
      />
      <div>
        <SubmitButton pending="Testing with Xero">
          {whose === "custom" ? "Test, save and connect" : "Test and save"}
        </SubmitButton>
      </div>
    </form>
  );
}
