import { formatFigure, formatMoney, type Money } from "#lib/core/money/money.ts";

export type AmountLine = {
  number: string;
  amount: Money;
  /** What is owed, when the amount is a part of it. */
  of?: Money | null;
};

/** Invoices with their amounts, added up as a ledger does; one invoice needs no adding up but keeps the form. */
export function SumLines({ lines, total, label }: { lines: AmountLine[]; total: Money; label: string }) {
  return (
    <div>
      <ul>
        {lines.map(({ number, amount, of }) => (
          <li key={number} className="flex justify-between gap-4 py-1.5">
            <span className="min-w-0 wrap-anywhere">
              {number}
              {of && <span className="block text-muted text-sm">a part of {formatFigure(of)}</span>}
            </span>
            <span className="whitespace-nowrap">{formatFigure(amount)}</span>
          </li>
        ))}
      </ul>
      <p className="sum mt-1.5 flex items-baseline justify-between gap-4 py-2 font-semibold">
        <span>{label}</span>
        <span className="whitespace-nowrap text-lg">{formatMoney(total)}</span>
      </p>
    </div>
  );
}
