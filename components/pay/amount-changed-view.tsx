import { formatFigure, formatMoney, type Money } from "#lib/core/money/money.ts";
import { HiddenFields } from "./hidden-fields.tsx";
import { PayButton } from "./pay-button.tsx";
import type { Hidden } from "./types.ts";

type AmountChangedViewProps = {
  lines: { number: string; was: Money; now: Money }[];
  /** Of what is due now; null when nothing is. */
  total: Money | null;
  action: string;
  hidden: Hidden;
  backHref: string;
};

/** The books changed between looking and paying: old beside new, and the payer says yes again. */
export function AmountChangedView({ lines, total, action, hidden, backHref }: AmountChangedViewProps) {
  return (
    <div className="grid gap-7">
      <div className="grid gap-2">
        <h1 className="font-semibold text-xl tracking-tight">The amount has changed since you looked</h1>
        <p>Nothing was charged. Please look again before you pay.</p>
      </div>
      <table className="w-full">
        <caption className="sr-only">What was due and what is due now</caption>
        <thead>
          <tr className="border-line border-b text-muted text-sm">
            <th className="py-1.5 text-left font-normal">Invoice</th>
            <th className="py-1.5 pl-3 text-right font-normal">When you looked</th>
            <th className="py-1.5 pl-3 text-right font-normal">Now</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ number, was, now }) => (
            <tr key={number} className="border-line border-b">
              <th scope="row" className="wrap-anywhere py-2.5 text-left font-normal">
                {number}
              </th>
              <td className="whitespace-nowrap py-2.5 pl-3 text-right text-muted">{formatFigure(was)}</td>
              <td
                className={`whitespace-nowrap py-2.5 pl-3 text-right ${was.minor === now.minor ? "" : "font-semibold"}`}
              >
                {formatFigure(now)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total ? (
        <form method="post" action={action} className="grid gap-4">
          <HiddenFields fields={hidden} />
          <p className="sum flex items-baseline justify-between gap-4 py-2 font-semibold">
            <span>To pay now</span>
            <span className="whitespace-nowrap text-xl">{formatMoney(total)}</span>
          </p>
          <PayButton pending="One moment" wide>
            Pay {formatMoney(total)}
          </PayButton>
        </form>
      ) : (
        <p>Nothing is due any more.</p>
      )}
      <p>
        <a href={backHref} className="-my-2.5 inline-flex min-h-11 items-center">
          Choose again
        </a>
      </p>
    </div>
  );
}
