import type { Place } from "#app/door/action.ts";
import { MoneyText } from "#components/money-text.tsx";
import { formatDate } from "#lib/core/text/date-words.ts";
import type { ProblemPayout } from "#lib/payouts/read.ts";
import { NoteForm } from "./note-form.tsx";

type PayoutsProps = { place: Place; country: string; payouts: ProblemPayout[]; mayAct: boolean };

/** Payouts that the desk does not write by itself, each with why. */
export function Payouts({ place, country, payouts, mayAct }: PayoutsProps) {
  return (
    <section aria-labelledby="payouts" className="grid gap-3 border-line border-t py-5">
      <h2 id="payouts" className="font-semibold text-lg">
        A payout is not in Xero as it should be
      </h2>
      <ul>
        {payouts.map(({ payoutId, objectRef, arrivesOn, currency, amountMinor, problem }) => (
          <li key={payoutId} className="grid gap-2 border-line border-t py-4">
            <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
              <span className="break-all">
                {objectRef}, {formatDate(arrivesOn, country)}
              </span>
              <MoneyText money={{ minor: amountMinor, currency }} />
            </p>
            <p>{problem}</p>
            {mayAct && <NoteForm place={place} about="payout" id={payoutId} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
