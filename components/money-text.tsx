import { formatFigure, formatMoney, type Money } from "#lib/core/money.ts";

/** "A$2,200.00": money with its currency, never broken over two lines. */
export function MoneyText({ money }: { money: Money }) {
  return <span className="whitespace-nowrap">{formatMoney(money)}</span>;
}

/** "2,200.00": for a column or a sentence whose currency is said already. */
export function Figure({ money }: { money: Money }) {
  return <span className="whitespace-nowrap">{formatFigure(money)}</span>;
}
