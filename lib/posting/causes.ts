/**
 * Why a document was refused, told by its kind, Xero's words and the account they name. Decides how it is told and grouped; and
 * of a payment that is "settled" the firm's rule for overpayments may move the money (apply-surplus-policies.ts).
 */
export const CAUSES = [
  "settled",
  "used",
  "locked",
  "clearing",
  "till_account",
  "bank",
  "fee_account",
  "line_account",
  "account_currency",
  "line_tax",
  "fee_tax",
  "contact",
  "fee_contact",
  "contact_name",
  "contact_email",
  "number_taken",
  "item",
  "attachment",
  "invoice_email",
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

/** What words of Xero's mean when it refuses a document. */
export type Sign = {
  cause: Cause;
  /** Xero's words (xero-platform 3.5 to 3.12, xero-documents 13). Xero says "and Account" where it means "an". */
  says: RegExp;
  /** Only when the account that Xero names is what the document aims at, not the clearing account. */
  target?: true;
};

export const ACCOUNT = /account code .*(archived|deleted|not a valid code)|specify an?d? account/i;
export const TAX = /tax ?type|tax rate/i;
export const CONTACT = /\bcontact\b.*(un-)?archived/i;
export const OWES_LESS = /exceeds the amount outstanding|against Authorised documents|already been paid off/i;

/** What they mean of any document. What they mean of one kind alone stands with it (kinds/, order-kinds/). */
const OF_ANY: Sign[] = [
  { cause: "locked", says: /lock date/i },
  { cause: "plan", says: /reached the limit/i },
  { cause: "reconciled", says: /reconciled/i },
  { cause: "currency", says: /not subscribed to currency/i },
  { cause: "account_currency", says: /currency of the (payment|bank) account/i },
  { cause: "clearing", says: ACCOUNT },
  { cause: "contact", says: CONTACT },
];

/** Xero may say several things at once: the first of these counts. So what must be mended in Xero anyhow goes before "settled". */
const PRECEDENCE: Cause[] = [
  // Says a name, which may be any words.
  "contact_name",
  ...(["locked", "plan", "reconciled", "in_use", "currency", "batch_currency", "account_currency"] as const),
  ...(["number_taken", "contact_email", "item"] as const),
  ...(["settled", "used"] as const),
  ...(["fee_tax", "line_tax", "line_account", "fee_account", "bank", "till_account", "clearing"] as const),
  ...(["fee_contact", "contact"] as const),
  // What any words mean that none of the others know.
  ...(["attachment", "invoice_email"] as const),
];

/**
 * The cause by Xero's words, all of them, and by the signs of a kind; "other" for words that we don't know. `target`: what the
 * document aims at beside the clearing account, by its id and code.
 */
export function causeBy(ofKind: Sign[], { message, target }: { message: string; target: string[] }): Cause {
  const named = /account code '([^']*)'/i.exec(message)?.[1];
  const isTarget = named !== undefined && target.includes(named);
  // What stands in quotes is a name or a code, and may be any word.
  const words = message.replaceAll(/'[^']*'|"[^"]*"/g, "''");
  const fitting = [...ofKind, ...OF_ANY].filter(
    ({ says, target }) => says.test(words) && (target === undefined || isTarget),
  );
  return PRECEDENCE.find((cause) => fitting.some((sign) => sign.cause === cause)) ?? "other";
}
