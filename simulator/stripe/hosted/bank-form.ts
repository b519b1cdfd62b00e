import { findBankAccount } from "../debits/bank-accounts.ts";
import type { BankEntry } from "../debits/debit-method.ts";
import type { DebitType } from "../debits/types.ts";
import { typedOf } from "./pay-fields.ts";

export type BankForm = { entry: BankEntry } | { problem: string };

/** The checks a payment page makes itself, before any bank is asked. */
export function readBankForm(type: DebitType, form: URLSearchParams): BankForm {
  const { email, holder, routing } = typedOf(form);
  const bank = findBankAccount(type, type === "sepa_debit" ? "" : routing, form.get("account") ?? "");
  if (!bank) {
    return { problem: "Only Stripe's published test bank accounts work here; this number was not kept." };
  }
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return { problem: "Your email is incomplete." };
  if (holder.trim() === "") return { problem: "Enter the name on the account." };
  return {
    entry: { bank, name: holder.trim(), email, microdeposits: form.get("microdeposits") === "on" },
  };
}
