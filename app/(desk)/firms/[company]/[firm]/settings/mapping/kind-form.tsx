"use client";

import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField, FormSelect } from "#app/door/action-form.tsx";
import { sendKind, sendNewKind } from "./actions.ts";

type Option = { value: string; label: string };
type Code = "accountCode" | "taxType" | "costAccountCode" | "itemCode";

export type KindChoices = {
  [code in Code]: { options: Option[]; kept: string | null };
} & {
  tracking: {
    name: "firstTracking" | "secondTracking";
    category: string;
    options: Option[];
    kept: string | undefined;
  }[];
  /** What the settings say, where a kind says nothing. */
  settings: { account: string; cost: string };
};

type Props = { place: Place; connectionId: string; choices: KindChoices };

/** Where one kind of item goes. */
export function KindForm({
  kindId,
  closed,
  ...props
}: Props & { kindId: string /** The page without the form. */; closed: string }) {
  const { place, connectionId } = props;
  return (
    <ActionForm
      {...{ send: sendKind, place, hidden: { connectionId, kindId } }}
      button="Save"
      pending="Saving"
      beside={
        <a href={closed} className="inline-flex min-h-11 items-center">
          Close
        </a>
      }
    >
      <KindFields {...props} at={kindId} />
    </ActionForm>
  );
}

/** The same of one that no order has named yet. */
export function NewKindForm(props: Props) {
  const { place, connectionId } = props;
  return (
    <ActionForm
      {...{ send: sendNewKind, place, hidden: { connectionId } }}
      button="Add this kind"
      pending="Adding"
      opens="Add a kind of item"
    >
      <FormField
        id="new-kind-name"
        name="name"
        label="Name"
        hint="To the letter as the other system writes it on its orders."
        maxLength={100}
        autoComplete="off"
        required
      />
      <KindFields {...props} at="new-kind" />
    </ActionForm>
  );
}

/** `at` tells this form's fields from those of another on the page. */
function KindFields({ choices, at }: Props & { at: string }) {
  const field = (name: Code, label: string) => ({
    ...{ id: `${at}-${name}`, name, label },
    ...{ options: choices[name].options, kept: choices[name].kept ?? "" },
  });
  return (
    <>
      <FormSelect
        {...field("accountCode", "Account")}
        placeholder={`As the settings say: ${choices.settings.account}`}
      />
      <FormSelect
        {...field("taxType", "Tax")}
        placeholder="As the settings say, or the account's own"
        hint="With an account of its own, a kind is taxed as that account is in Xero."
      />
      <FormSelect
        {...field("costAccountCode", "Cost account")}
        placeholder={`As the settings say: ${choices.settings.cost}`}
        hint="Of a tracked order's purchase order."
      />
      <FormSelect {...field("itemCode", "Item")} placeholder="None" />
      {choices.tracking.map(({ name, category, options, kept }) => (
        <FormSelect
          key={name}
          id={`${at}-${name}`}
          name={name}
          label={`Tracking: ${category}`}
          placeholder="None"
          options={options}
          kept={kept ?? ""}
        />
      ))}
    </>
  );
}
