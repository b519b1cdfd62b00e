import type { PostingKind as Kind } from "#db/schema/posting.ts";

/** Why a document was refused, told by its kind, Xero's words and the account they name. Decides only how it is told and grouped. */
export const CAUSES = [
  "settled",
  "used",
  "locked",
  "clearing",
  "bank",
  "fee_account",
  "line_account",
  "account_currency",
  "line_tax",
  "fee_tax",
  "contact",
  "fee_contact",
  "currency",
  "batch_currency",
  "plan",
  "reconciled",
  "in_use",
  "gone",
  "desk",
  "chore",
  "other",
] as const;
export type Cause = (typeof CAUSES)[number];

type Sign = {
  cause: Cause;
  /** Xero's words (xero-platform 3.5 to 3.12, xero-documents 13). Xero says "and Account" where it means "an". */
  says: RegExp;
  /** Kinds of document that mean this by it; left out: all. */
  of?: Kind[];
  /** Only when the account that Xero names is what the document aims at, not the clearing account. */
  target?: true;
};

const ACCOUNT = /account code .*(archived|deleted|not a valid code)|specify an?d? account/i;
const TAX = /tax ?type|tax rate/i;
const CONTACT = /\bcontact\b.*(un-)?archived/i;
const PAYMENTS: Kind[] = ["payment", "batch_payment"];
const TRANSFERS: Kind[] = ["transfer", "transfer_back"];
const OWES_LESS = /exceeds the amount outstanding|against Authorised documents|already been paid off/i;

/** The first that fits. */
const SIGNS: Sign[] = [
  { cause: "locked", says: /lock date/i },
  { cause: "plan", says: /reached the limit/i },
  { cause: "reconciled", says: /reconciled/i },
  { cause: "in_use", says: /allocated to it/i, of: ["removal"] },
  { cause: "currency", says: /not subscribed to currency/i },
  { cause: "batch_currency", says: /currency/i, of: ["batch_payment"] },
  { cause: "account_currency", says: /currency of the (payment|bank) account/i },
  { cause: "settled", says: OWES_LESS, of: PAYMENTS },
  { cause: "used", says: OWES_LESS, of: ["credit_refund"] },
  { cause: "fee_tax", says: TAX, of: ["fee"] },
  { cause: "line_tax", says: TAX, of: ["credit_note"] },
  { cause: "line_account", says: ACCOUNT, of: ["credit_note"] },
  { cause: "fee_account", says: ACCOUNT, of: ["fee"], target: true },
  { cause: "bank", says: ACCOUNT, of: TRANSFERS, target: true },
  { cause: "clearing", says: ACCOUNT },
  { cause: "fee_contact", says: CONTACT, of: ["fee"] },
  { cause: "contact", says: CONTACT },
];

export type Refusal = {
  kind: Kind;
  /** Xero's words, all of them. */
  message: string;
  /** What the document aims at beside the clearing account, by its id and code; empty when that is no account. */
  target: string[];
};

/** The cause of a refusal; "other" for words that we don't know. */
export function causeOf({ kind, message, target }: Refusal): Cause {
  if (kind === "chore") return "chore";
  const named = /account code '([^']*)'/i.exec(message)?.[1];
  const isTarget = named !== undefined && target.includes(named);
  // What stands in quotes is a name or a code, and may be any word.
  const words = message.replaceAll(/'[^']*'|"[^"]*"/g, "''");
  const found = SIGNS.find(
    ({ says, of, target }) =>
      says.test(words) && (of === undefined || of.includes(kind)) && (target === undefined || isTarget),
  );
  return found?.cause ?? "other";
}

/** Of a refused posting as it is kept; one of a version that kept no cause is told by its words. */
export function causeOfPosting({
  kind,
  message,
  cause,
}: {
  kind: Kind;
  message: string | null;
  cause: string | null;
}): Cause {
  return CAUSES.find((one) => one === cause) ?? causeOf({ kind, message: message ?? "", target: [] });
}
