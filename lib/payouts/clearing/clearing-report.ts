import { z } from "zod";
import { sumOf } from "#lib/core/money/money.ts";
import type { Line } from "./clearing-facts.ts";
import { CAUSE_WORDS, CAUSES } from "./clearing-words.ts";

/** So many single lines of a cause are kept; its sum and number are of all. */
const SHOWN = 50;

const minor = z.string().regex(/^-?\d+$/);

const about = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("payment"), captureId: z.string() }),
  z.object({ kind: z.literal("payout"), objectRef: z.string() }),
  z.object({ kind: z.literal("document"), reference: z.string() }),
  z.object({ kind: z.literal("entry"), date: z.string(), reference: z.string().nullable() }),
  z.object({ kind: z.literal("account") }),
]);

/** What a look into a clearing account came to, as it is kept. */
export const clearingReport = z.object({
  /** True when every cent waits for nobody. */
  isRight: z.boolean(),
  currency: z.string(),
  /** What is on the account by all that the desk may read of it. */
  balance: minor,
  parts: z.array(
    z.object({
      cause: z.enum(CAUSES),
      sum: minor,
      count: z.number(),
      lines: z.array(z.object({ minor, about })),
    }),
  ),
});
export type ClearingReport = z.infer<typeof clearingReport>;

/** By cause, what a person must look at first. */
export function reportOf({
  currency,
  balanceMinor,
  lines,
}: {
  currency: string;
  balanceMinor: bigint;
  lines: Line[];
}): ClearingReport {
  const byCause = Map.groupBy(lines, ({ cause }) => cause);
  const parts = CAUSES.flatMap((cause) => {
    const rows = byCause.get(cause) ?? [];
    const sum = sumOf(rows.map((row) => row.minor));
    // What waits for nobody and evens out is nothing to tell.
    if (rows.length === 0 || (sum === 0n && CAUSE_WORDS[cause].isRight)) return [];
    return {
      cause,
      sum: String(sum),
      count: rows.length,
      lines: rows.slice(0, SHOWN).map((row) => ({ minor: String(row.minor), about: row.about })),
    };
  });
  return {
    isRight: parts.every(({ cause }) => CAUSE_WORDS[cause].isRight),
    currency,
    balance: String(balanceMinor),
    parts,
  };
}
