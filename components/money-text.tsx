import { formatMoney, type Money } from "#lib/core/money/money.ts";

/** "A$2,200.00": money with its currency, never broken over two lines. */
export function MoneyText({ money }: { money: Money }) {
  return <span className="whitespace-nowrap">{formatMoney(money)}</span>;
}
