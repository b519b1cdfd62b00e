import type { MoneyFacts } from "#lib/payments/money-facts.ts";
import type { ClearingDocument } from "#lib/posting/read-clearing.ts";
import type { XeroBankEntry } from "#lib/xero/api/types.ts";
import type { Payout, PayoutEntry } from "../store.ts";
import type { About, Cause } from "./clearing-words.ts";

/** A part of what the clearing account holds, and why. All of them together are its balance. */
export type Line = { cause: Cause; minor: bigint; about: About };

/** What Xero has on the account, by a payment or by a bank transaction; sides of transfers carry the transfer's id. */
export type Entry = XeroBankEntry & { isPayment: boolean; transferId: string | null };

/**
 * All of an account, or, once payouts were set aside, all but those payouts' own documents and the payments that are in
 * such payouts alone. Of a payment that is in another one too every entry is here, and every payout that came back as it is
 * in a later one.
 */
export type Books = {
  accountId: string;
  baseCurrency: string;
  /** What is dated before is from before. */
  startsOn: string;
  entries: Entry[];
  documents: ClearingDocument[];
  money: MoneyFacts;
  /** Those that are set aside too. */
  payouts: Payout[];
  payoutEntries: PayoutEntry[];
};
