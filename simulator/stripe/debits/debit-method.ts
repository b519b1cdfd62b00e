import type Stripe from "stripe";
import type { World } from "../../core/types.ts";
import { stripeSeconds } from "../clock.ts";
import { insertObject } from "../objects.ts";
import { billingDetails } from "../payments/payment-method.ts";
import { newId } from "../wire/ids.ts";
import { bankAccountOfFingerprint, fingerprintOf, type TestBankAccount } from "./bank-accounts.ts";
import { isDebit } from "./types.ts";

/** What a payer typed, without the number: that never leaves the page's handler. */
export type BankEntry = {
  bank: TestBankAccount;
  name: string;
  email: string;
  /** Typed by hand, and to be verified by two small deposits; else the payer signed in at the bank. US accounts only. */
  microdeposits: boolean;
};

type Details = Partial<
  Pick<Stripe.PaymentMethod, "au_becs_debit" | "bacs_debit" | "sepa_debit" | "us_bank_account">
>;

function detailsOf(bank: TestBankAccount): Details {
  const common = { fingerprint: fingerprintOf(bank), last4: bank.number.slice(-4) };
  switch (bank.type) {
    case "au_becs_debit":
      return { au_becs_debit: { ...common, bsb_number: bank.routing } };
    case "bacs_debit":
      return { bacs_debit: { ...common, sort_code: bank.routing } };
    case "sepa_debit":
      return {
        sepa_debit: {
          ...common,
          bank_code: bank.number.slice(4, 9),
          branch_code: "",
          country: bank.number.slice(0, 2),
          generated_from: { charge: null, setup_attempt: null },
        },
      };
    case "us_bank_account":
      return {
        us_bank_account: {
          ...common,
          account_holder_type: "company",
          account_type: "checking",
          bank_name: "STRIPE TEST BANK",
          financial_connections_account: null,
          networks: { preferred: "ach", supported: ["ach"] },
          routing_number: bank.routing,
          status_details: {},
        },
      };
  }
}

export function insertDebitMethod(world: World, account: string, entry: BankEntry): Stripe.PaymentMethod {
  return insertObject<Stripe.PaymentMethod>(world, account, {
    id: newId("pm_1"),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: billingDetails(entry),
    created: stripeSeconds(world),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: entry.bank.type,
    ...detailsOf(entry.bank),
  });
}

/** How the payer's bank will behave. */
export function bankOf(method: Stripe.PaymentMethod): TestBankAccount {
  const details = isDebit(method.type) ? method[method.type] : undefined;
  const bank = bankAccountOfFingerprint(details?.fingerprint ?? "");
  if (!bank) throw new Error(`Payment method ${method.id} is no test bank account`);
  return bank;
}
