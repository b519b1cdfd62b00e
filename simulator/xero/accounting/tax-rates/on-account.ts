import type { Account } from "../../model.ts";
import { taxRates } from "../../store/books.ts";
import type { Scope } from "../../store/rows.ts";
import { classes } from "../accounts/wire.ts";

/**
 * Percent of the tax that a line on this account may have; undefined where Xero refuses it (DOC taxrates, "Tax Rate
 * Constraints": each goes with some classes of accounts alone).
 */
export function percentOn(
  scope: Scope,
  taxType: string | undefined,
  account: Account | undefined,
): number | undefined {
  if (!taxType || taxType === "NONE") return 0;
  const rate = taxRates.named(scope, taxType).find(({ status = "ACTIVE" }) => status === "ACTIVE");
  const goesWith = !account || rate?.canApplyTo.some((one) => one === classes[account.type]);
  return goesWith ? rate?.percent : undefined;
}
