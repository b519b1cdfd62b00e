import { formatFigure, formatMoney, type Money } from "#lib/core/money/money.ts";
import { formatDay } from "#lib/core/text/date-words.ts";
import { DueText } from "../../date-text.tsx";
import type { Reader } from "../types.ts";
import type { ChooseLine } from "./choose-line.ts";

type ChooseRowProps = Reader & {
  line: ChooseLine;
  /** The currency said in the heading; another one is said in the row. */
  currency: string;
};

/** One invoice: the whole row is the tick's label. One that can't be paid has no box, and says why. */
export function ChooseRow({ line, currency, country, today }: ChooseRowProps) {
  const amount = line.payable ? payableNow(line) : line.due;
  const figure = amount.currency === currency ? formatFigure(amount) : formatMoney(amount);
  const words = (
    <>
      <span className="min-w-0 grow">
        <span className="block wrap-anywhere font-semibold">{line.number}</span>
        {line.dueDate && (
          <span className="block text-muted text-sm">
            due <DueText due={line.dueDate} country={country} today={today} />
          </span>
        )}
        <InFlight line={line} country={country} today={today} />
        {line.reason && <span className="block text-sm">{line.reason}</span>}
        {line.mayStartAgain && (
          <button
            type="submit"
            form="again"
            name="again"
            value={line.invoiceId}
            className="inline-flex min-h-11 cursor-pointer items-center text-sm underline underline-offset-4"
          >
            Start again
          </button>
        )}
      </span>
      <span className="whitespace-nowrap pt-px text-right text-lg text-muted group-has-checked:text-ink">
        {figure}
      </span>
    </>
  );
  return (
    <li className="group border-line border-b">
      {line.payable ? (
        <label
          htmlFor={`invoice-${line.invoiceId}`}
          className="-mx-2 flex min-h-16 cursor-pointer items-start gap-3.5 px-2 py-3 hover:bg-tint"
        >
          <input
            type="checkbox"
            id={`invoice-${line.invoiceId}`}
            name="invoice"
            value={line.invoiceId}
            defaultChecked={line.checked}
            data-minor={amount.minor.toString()}
            data-currency={amount.currency}
            className="tick mt-0.5 scroll-mb-48"
          />
          {words}
        </label>
      ) : (
        <div className="flex min-h-16 items-start gap-3.5 py-3">
          <span aria-hidden="true" className="w-[1.375rem] flex-none text-center text-muted">
            –
          </span>
          {words}
        </div>
      )}
    </li>
  );
}

/** "200.00 on its way since 19 Nov". */
export function InFlight({ line, country, today }: Reader & { line: ChooseLine }) {
  if (!line.inFlight || line.inFlight.minor === 0n) return null;
  return (
    <span className="block text-sm">
      {formatFigure(line.inFlight)} on its way
      {line.inFlightSince && ` since ${formatDay(line.inFlightSince, country, today)}`}
    </span>
  );
}

/** What a tick would charge now: what is owed, less what is on its way. */
export function payableNow({ due, inFlight }: ChooseLine): Money {
  return { minor: due.minor - (inFlight?.minor ?? 0n), currency: due.currency };
}
