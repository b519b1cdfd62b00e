"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField, FormSelect } from "#app/door/action-form.tsx";
import { sendNewTender, sendTender } from "./actions.ts";

type Props = { place: Place; connectionId: string; accounts: { value: string; label: string }[] };

/** Which account one way to pay is paid into. */
export function TenderForm({
  place,
  connectionId,
  accounts,
  tender,
}: Props & { tender: { id: string; accountId: string | null } }) {
  return (
    <ActionForm
      {...{ send: sendTender, place, hidden: { connectionId, tenderId: tender.id } }}
      button="Save"
      pending="Saving"
      opens="Change"
    >
      <FormSelect
        id={`account-${tender.id}`}
        name="accountId"
        label="Paid into"
        placeholder="Choose an account"
        options={accounts}
        kept={tender.accountId ?? ""}
        required
      />
    </ActionForm>
  );
}

/** The same of one that no order has named yet. */
export function NewTenderForm({ place, connectionId, accounts }: Props) {
  return (
    <ActionForm
      {...{ send: sendNewTender, place, hidden: { connectionId } }}
      button="Add this tender"
      pending="Adding"
      opens="Add a tender"
    >
      <FormField
        id="new-tender-name"
        name="name"
        label="Name"
        hint="To the letter as the till writes it on its orders."
        maxLength={100}
        autoComplete="off"
        required
      />
      <FormSelect
        id="new-tender-account"
        name="accountId"
        label="Paid into"
        placeholder="Choose an account"
        options={accounts}
        required
      />
    </ActionForm>
  );
}
