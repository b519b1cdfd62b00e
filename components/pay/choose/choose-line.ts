import type { Money } from "#lib/core/money/money.ts";
import type { IsoDate } from "#lib/core/text/date-words.ts";

/** An invoice to choose, as its row shows it. */
export type ChooseLine = {
  /** Sent back as `invoice`, once for each tick. */
  invoiceId: string;
  number: string;
  dueDate: IsoDate | null;
  /** What the books say is owed, money on its way not taken off. */
  due: Money;
  /** Of `due`, what is on its way already and so can't be paid twice. */
  inFlight: Money | null;
  inFlightSince: IsoDate | null;
  payable: boolean;
  /** Somebody has begun to pay it, which this payer may end to start again. */
  mayStartAgain: boolean;
  /** Why it can't be paid here, in words: "Paid by bank transfer only." */
  reason: string | null;
  checked: boolean;
};
