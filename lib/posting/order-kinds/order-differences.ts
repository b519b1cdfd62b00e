import { formatMoney } from "#lib/core/money/money.ts";
import type { Posted } from "../kinds/kind.ts";
import type { Posting } from "../store.ts";

type Sent = {
  status: "AUTHORISED" | "DRAFT";
  lines: { tracking: { optionId: string }[] }[];
};

/**
 * What Xero made of an order's document that was not asked for, in sentences: a lower status, since an approval was missing
 * (xero-documents 2.4), another total, or tracking that it dropped without a word (xero-documents 9).
 */
export function orderDifferences(
  { amountMinor, currency }: Pick<Posting, "amountMinor" | "currency">,
  { status, lines }: Sent,
  { said }: Posted,
): string[] {
  if (!said) return [];
  const found: string[] = [];
  if (status === "AUTHORISED" && (said.status === "DRAFT" || said.status === "SUBMITTED"))
    found.push(`Xero keeps it as ${said.status}: it must be approved there.`);
  const asked = { minor: amountMinor ?? 0n, currency };
  const there = { minor: said.totalMinor, currency };
  if (asked.minor !== there.minor)
    found.push(`It comes to ${formatMoney(there)} in Xero, and to ${formatMoney(asked)} here.`);
  const dropped = lines.flatMap(({ tracking }) => tracking).length - said.optionIds.length;
  if (dropped > 0)
    found.push(`Xero dropped ${dropped} tracking ${dropped === 1 ? "option" : "options"} of its lines.`);
  return found;
}
