import type { DebitType } from "./types.ts";

/** Stripe's published test accounts, and how each behaves. Any other is refused and not kept. */
export type TestBankAccount = {
  type: DebitType;
  /** BSB, sort code or routing number; an IBAN has it inside. */
  routing: string;
  number: string;
  /** "disputed": it succeeds, and the payer has it back at once. "silent": the bank never answers. */
  answer: Answer | DebitFailure;
};

type Answer = "succeeds" | "disputed" | "silent";

export type DebitFailure = { code: string; message: string };

const FAILURES = {
  account_closed: "The customer's bank account has been closed.",
  charge_exceeds_source_limit: "The payment amount exceeds the account payment volume limit.",
  debit_not_authorized: "The customer has notified their bank that this payment was unauthorized.",
  generic_could_not_process: "The payment could not be processed by the customer's bank.",
  insufficient_funds: "The customer's account has insufficient funds to cover this payment.",
  no_account: "The customer's bank account could not be located.",
  refer_to_customer: "The customer's bank declined this payment and asks to refer to the customer.",
} as const;

export type FailureCode = keyof typeof FAILURES;

export const FAILURE_CODES = Object.keys(FAILURES) as FailureCode[];

export const debitFailure = (code: FailureCode): DebitFailure => ({ code, message: FAILURES[code] });

const account =
  (type: DebitType, routing: string) =>
  (number: string, answer: Answer | FailureCode): TestBankAccount => ({
    type,
    routing,
    number,
    answer: answer in FAILURES ? debitFailure(answer as FailureCode) : (answer as Answer),
  });

const becs = account("au_becs_debit", "000000");
const bacs = account("bacs_debit", "108800");
const sepa = account("sepa_debit", "");
const ach = account("us_bank_account", "110000000");

/** The first of each kind succeeds. BECS's disputed one is ours, by the others' pattern. Stripe's "with a delay of three minutes" is no other case here: all take days. */
const ACCOUNTS: TestBankAccount[] = [
  becs("000123456", "succeeds"),
  becs("900123456", "succeeds"),
  becs("111111113", "account_closed"),
  becs("111111116", "no_account"),
  becs("222222227", "refer_to_customer"),
  becs("922222227", "refer_to_customer"),
  becs("333333335", "debit_not_authorized"),
  becs("343434343", "charge_exceeds_source_limit"),
  becs("555555559", "disputed"),
  bacs("00012345", "succeeds"),
  bacs("90012345", "succeeds"),
  bacs("22222227", "insufficient_funds"),
  bacs("92222227", "insufficient_funds"),
  bacs("33333335", "debit_not_authorized"),
  bacs("93333335", "debit_not_authorized"),
  bacs("55555559", "disputed"),
  sepa("AT321904300235473204", "succeeds"),
  sepa("AT591904300235473203", "succeeds"),
  sepa("DE89370400440532013000", "succeeds"),
  sepa("AT861904300235473202", "generic_could_not_process"),
  sepa("AT051904300235473205", "generic_could_not_process"),
  sepa("DE62370400440532013001", "generic_could_not_process"),
  sepa("AT981904300002222227", "insufficient_funds"),
  sepa("AT851904300235473206", "disputed"),
  sepa("DE35370400440532013002", "disputed"),
  ach("000123456789", "succeeds"),
  ach("000111111113", "account_closed"),
  ach("000111111116", "no_account"),
  ach("000222222227", "insufficient_funds"),
  ach("000333333335", "debit_not_authorized"),
  ach("000555555559", "disputed"),
  ach("000000000009", "silent"),
];

const plain = (typed: string) => typed.replace(/[\s-]/g, "").toUpperCase();

export function findBankAccount(
  type: DebitType,
  routing: string,
  number: string,
): TestBankAccount | undefined {
  return ACCOUNTS.find(
    (one) => one.type === type && one.number === plain(number) && one.routing === plain(routing),
  );
}

/** The one that succeeds, unless a number is named; for levers. */
export function bankAccountOf(type: DebitType, number?: string): TestBankAccount | undefined {
  return ACCOUNTS.find((one) => one.type === type && (number === undefined || one.number === plain(number)));
}

/** Names the account by its place among the test accounts, which says nothing of the number. */
export const fingerprintOf = (wanted: TestBankAccount) =>
  `SimTestBank${String(ACCOUNTS.indexOf(wanted)).padStart(5, "0")}`;

export function bankAccountOfFingerprint(fingerprint: string): TestBankAccount | undefined {
  return ACCOUNTS.find((one) => fingerprintOf(one) === fingerprint);
}
