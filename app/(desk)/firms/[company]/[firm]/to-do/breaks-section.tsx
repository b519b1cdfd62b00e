import type { Place } from "#app/door/action.ts";
import { Facts } from "#components/facts.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { BreakRow } from "#lib/reconcile/read.ts";
import { BREAK_WORDS } from "#lib/reconcile/words.ts";
import { NoteForm } from "./note-form.tsx";

type BreaksSectionProps = {
  place: Place;
  where: { country: string; timeZone: string };
  kind: BreakRow["kind"];
  rows: BreakRow[];
  mayAct: boolean;
};

/** All in which Stripe, Xero and our records disagree in one way: what stands where, since when, and what to do. */
export function BreaksSection({ place, where, kind, rows, mayAct }: BreaksSectionProps) {
  const { title, money, fix } = BREAK_WORDS[kind];
  return (
    <section aria-labelledby={`break-${kind}`} className="grid gap-3 border-line border-t py-5">
      <h2 id={`break-${kind}`} className="font-semibold text-lg">
        {title}
      </h2>
      <p>
        {money} {fix}
      </p>
      <p className="text-muted text-sm">It leaves this list by itself, within the hour, once they agree.</p>
      <ul>
        {rows.map(({ id, subject, reference, here, there, captureId, openedAt }) => (
          <li key={id} className="grid gap-2 border-line border-t py-4">
            <p className="break-all font-semibold">{reference ?? subject}</p>
            <Facts
              facts={[
                { label: "Here", value: here },
                {
                  label: kind.startsWith("xero") ? "In Xero" : "In Stripe",
                  value: there,
                  note: <span className="break-all">{subject}</span>,
                },
                { label: "Seen first", value: formatInstant(openedAt, where) },
              ]}
            />
            <div className="flex flex-wrap items-start gap-x-6 gap-y-1">
              {captureId && (
                <a
                  className="inline-flex min-h-11 items-center"
                  href={`/firms/${place.company}/${place.firm}/payments/${captureId}`}
                >
                  Open the payment
                </a>
              )}
              {mayAct && <NoteForm place={place} about="break" id={id} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
