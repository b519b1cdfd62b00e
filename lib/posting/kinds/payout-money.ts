import type { Origin } from "../reference.ts";

/** What leaves the clearing account with a payout: the payout itself, or a fee of it. */
export type PayoutMoney = {
  firmId: string;
  connectionId: string;
  /** The clearing account. */
  accountId: string;
  currency: string;
  date: string;
  /** What leaves the clearing account, in hundredths; less than nothing comes in. */
  amountMinor: bigint;
  /** The payout, or the part of it that a fee is of. */
  sourceId: string;
  origin: Origin;
  isTest: boolean;
};
