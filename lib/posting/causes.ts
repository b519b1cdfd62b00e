/** Why Xero refused, as far as its words tell (xero-platform 3.7, 3.12). Words decide only how a refusal is told and grouped. */
export const CAUSES = [
  "settled",
  "locked",
  "account",
  "contact",
  "currency",
  "plan",
  "reconciled",
  "chore",
  "other",
] as const;
export type Cause = (typeof CAUSES)[number];

const SIGNS: [Cause, RegExp][] = [
  ["settled", /exceeds the amount outstanding|against Authorised documents|already been paid off/i],
  ["locked", /lock date/i],
  ["contact", /contact .*archived/i],
  ["account", /account code .*(archived|deleted|not a valid code)|specify and Account/i],
  ["currency", /not subscribed to currency|currency/i],
  ["plan", /reached the limit/i],
  ["reconciled", /reconciled/i],
];

/** Of a posting that stands still: a chore is told by its kind. */
export function causeOfPosting({ kind, message }: { kind: string; message: string | null }): Cause {
  return kind === "chore" ? "chore" : causeOf(message ?? "");
}

/** The first sign that Xero's text shows; "other" for words that we don't know. */
export function causeOf(message: string): Cause {
  return SIGNS.find(([, sign]) => sign.test(message))?.[0] ?? "other";
}
