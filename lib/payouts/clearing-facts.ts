import type { MoneyFacts } from "#lib/payments/for-payouts.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import type { XeroBankEntry } from "#lib/xero/types.ts";
import type { Cause } from "./clearing-words.ts";
import type { Payout, PayoutEntry } from "./store.ts";

/** A part of what the clearing account holds, and why. All of them together are its balance. */
export type Line = { cause: Cause; minor: bigint; about: About };
export type About =
  | { kind: "payment"; captureId: string }
  | { kind: "payout"; objectRef: string }
  | { kind: "document"; reference: string }
  | { kind: "entry"; date: string; reference: string | null }
  | { kind: "account" };

export type Books = {
  accountId: string;
  baseCurrency: string;
  /** What is dated before is from before. */
  startsOn: string;
  /** What Xero has on the account; sides of transfers carry the transfer's id. */
  entries: (XeroBankEntry & { transferId: string | null })[];
  documents: ClearingDocument[];
  money: MoneyFacts;
  payouts: Payout[];
  payoutEntries: PayoutEntry[];
};
