import type { Money } from "../money/money.ts";

/** Something that should have ended by now, as a person may read it. */
export type Unfinished = {
  firmId: string;
  /** Our id of it. */
  id: string;
  /** What it is: "Payment CF-2345ABCDEF". */
  what: string;
  since: Date;
  /** Why it has not ended, in plain words; null where nothing says so: it has not been tried, or waits for somebody else. */
  reason: string | null;
  money: Money | null;
  /** What its failures are kept under, where there is something to try again. */
  failure: { kind: string; item: string } | null;
};

/** `minutes`: how long it may take. `firmId`: of this firm alone. */
export type Late = { minutes: number; firmId?: string | undefined };
