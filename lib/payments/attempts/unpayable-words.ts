import { formatMoney, type Money } from "#lib/core/money/money.ts";
import type { Unpayable } from "./charge-amount-rules.ts";

/** Why an amount can't be paid online, for whoever would pay it or is owed it. */
export function unpayableInWords(because: Unpayable, currency: string): string {
  const money = (minor: bigint): string => formatMoney({ minor, currency } satisfies Money);
  switch (because.why) {
    case "currency":
      return `Online payments can't be made in ${currency}.`;
    case "step":
      return `Online payments in ${currency} are made in steps of ${money(because.stepMinor)}, and this amount falls between two of them.`;
    case "least":
      return `The smallest online payment is ${money(because.leastMinor)}.`;
    case "most":
      return `The largest online payment is ${money(because.mostMinor)}.`;
    case "lines":
      return `At most ${because.most} invoices can be paid at once.`;
  }
}

/** The same of invoices that a payer has chosen, with what else they could choose. */
export function chosenInWords(because: Unpayable, currency: string): string {
  const what = unpayableInWords(because, currency);
  if (because.why === "least") return `${what} Select more invoices to pay them together.`;
  if (because.why === "most" || because.why === "lines")
    return `${what} Select fewer, and pay the others afterwards.`;
  return what;
}
