"use client";

import type { ReactNode } from "react";
import type { Place } from "#app/door/action.ts";
import { ActionForm, FormField, FormSelect } from "#app/door/action-form.tsx";
import { sendOrderSettings } from "./actions.ts";

type Option = { value: string; label: string };
type Choice = keyof typeof CHOICES;
type Code = "salesAccountCode" | "costAccountCode" | "inventoryAccountCode" | "roundingAccountCode";

type OrdersFormProps = {
  place: Place;
  connectionId: string;
  accounts: Option[];
  stockAccounts: Option[];
  taxRates: Option[];
  /** What is saved, or proposed. */
  kept: Record<Choice, string> &
    Record<Code, string | null> & {
      numberPrefix: string;
      dueDays: number;
      salesTaxType: string | null;
      cashContact: string | null;
      supplierContact: string | null;
    };
};

const CHOICES = {
  process: [
    { value: "untracked", label: "Untracked: an invoice" },
    { value: "tracked", label: "Tracked: a purchase order and an invoice" },
  ],
  invoiceStatus: [
    { value: "AUTHORISED", label: "Approved: it waits for payment at once" },
    { value: "DRAFT", label: "Draft: a person approves it in Xero" },
  ],
  numbering: [
    { value: "order", label: "The order's number, behind a prefix" },
    { value: "xero", label: "Xero's next number" },
  ],
  emailInvoices: [
    { value: "no", label: "No" },
    { value: "yes", label: "Yes, to the contact's e-mail address in Xero" },
  ],
  onLocked: [
    { value: "hold", label: "Hold the order until a person has decided" },
    { value: "next_open_day", label: "Date the invoice the first open day" },
  ],
  onCancel: [
    { value: "void", label: "Void it where Xero allows, else credit it" },
    { value: "credit", label: "Always credit it" },
  ],
  onUnmapped: [
    { value: "fallback", label: "Write it to the sales account" },
    { value: "hold", label: "Hold the order until the kind is mapped" },
  ],
} as const;

/** How one organisation's orders become documents. */
export function OrdersForm({
  place,
  connectionId,
  accounts,
  stockAccounts,
  taxRates,
  kept,
}: OrdersFormProps) {
  const choice = (name: Choice, label: string) => ({
    ...{ name, label, options: [...CHOICES[name]], kept: kept[name] },
  });
  const account = (name: Code, label: string) => ({
    ...{ name, label, options: accounts, kept: kept[name] ?? "" },
  });
  const sent = { send: sendOrderSettings, place, hidden: { connectionId } };
  return (
    <ActionForm {...sent} button="Save" pending="Saving">
      <Group title="Documents">
        <FormSelect {...choice("process", "What an order becomes")} />
        <FormSelect {...choice("invoiceStatus", "Its invoice in Xero")} />
        <FormSelect
          {...choice("numbering", "Its invoice's number")}
          hint="By the order's number no order can be invoiced twice: Xero refuses a number that is taken."
        />
        <FormField
          name="numberPrefix"
          label="Prefix"
          hint="With SHOP- order 1001 becomes invoice SHOP-1001."
          optional
          maxLength={40}
          autoComplete="off"
          kept={kept.numberPrefix}
        />
        <FormField
          name="dueDays"
          label="Days until it is due"
          hint="From the order's date, where the order names no due date."
          inputMode="numeric"
          maxLength={3}
          required
          kept={String(kept.dueDays)}
        />
        <FormSelect
          {...choice("emailInvoices", "Does Xero e-mail it to the client?")}
          hint="Approved invoices alone, and none of the customer of orders that name none. Xero sends at most 1,000 a day, and none in a demo company."
        />
      </Group>
      <Group title="Accounts">
        <FormSelect
          {...account("salesAccountCode", "Sales account")}
          placeholder="Choose an account"
          hint="Where lines go whose kind of item names no account."
          required
        />
        <FormSelect
          name="salesTaxType"
          label="Tax on sales"
          placeholder="The account's own tax rate"
          options={taxRates}
          kept={kept.salesTaxType ?? ""}
        />
        <FormSelect
          {...account("costAccountCode", "Cost of goods account")}
          placeholder="None"
          hint="Of purchase orders. Without one, a tracked order is held."
        />
        <FormSelect
          {...account("inventoryAccountCode", "Inventory account")}
          options={stockAccounts}
          placeholder="None"
          hint="Of purchase orders, for items that Xero keeps in stock."
        />
        <FormSelect
          {...account("roundingAccountCode", "Rounding account")}
          placeholder="None"
          hint="Where cents go by which an order's total differs from its lines. Without one, such an order is held."
        />
      </Group>
      <Group title="Contacts">
        <FormField
          name="cashContact"
          label="Customer of an order that names none"
          hint="A contact by its name in Xero."
          optional
          maxLength={255}
          autoComplete="off"
          kept={kept.cashContact ?? ""}
        />
        <FormField
          name="supplierContact"
          label="Supplier of a tracked order that names none"
          hint="A contact by its name in Xero."
          optional
          maxLength={255}
          autoComplete="off"
          kept={kept.supplierContact ?? ""}
        />
      </Group>
      <Group title="What stands in the way">
        <FormSelect {...choice("onLocked", "When the order's date is in a locked period")} />
        <FormSelect {...choice("onCancel", "What becomes of a cancelled order's invoice")} />
        <FormSelect {...choice("onUnmapped", "When a kind of item is not mapped")} />
      </Group>
    </ActionForm>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-4 pb-4">
      <legend className="pb-3 font-semibold text-lg">{title}</legend>
      {children}
    </fieldset>
  );
}
