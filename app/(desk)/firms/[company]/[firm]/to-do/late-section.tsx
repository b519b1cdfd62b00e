import type { Place } from "#app/door/action.ts";
import { ButtonLink } from "#components/forms/button.tsx";
import { MoneyText } from "#components/money-text.tsx";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { kindOf } from "#lib/overdue/kinds.ts";
import type { Late } from "#lib/overdue/read.ts";
import { EndForm, TryForm } from "./late-forms.tsx";

/** Of one kind that very many wait of, the page lists the oldest. */
const LISTED = 50;

type LateSectionProps = {
  place: Place;
  where: { country: string; timeZone: string };
  late: Late;
  mayAct: boolean;
};

/** All of one kind that should have ended by now: what each is, since when, and why it has not. */
export function LateSection({ place, where, late: { kind, rows }, mayAct }: LateSectionProps) {
  const { title, fix, page, mayEnd } = kindOf(kind);
  return (
    <section aria-labelledby={`late-${kind}`} className="grid gap-3 border-line border-t py-5">
      <h2 id={`late-${kind}`} className="font-semibold text-lg">
        {title}
      </h2>
      <p>{fix}</p>
      {page && (
        <div>
          <ButtonLink kind="quiet" href={`/firms/${place.company}/${place.firm}/${page.path}`}>
            {page.label}
          </ButtonLink>
        </div>
      )}
      <ul>
        {rows.slice(0, LISTED).map(({ id, what, since, reason, money, failure }) => (
          <li key={id} className="grid gap-2 border-line border-t py-4">
            <p className="flex flex-wrap justify-between gap-x-6 font-semibold">
              <span className="break-all">{what}</span>
              {money && <MoneyText money={money} />}
            </p>
            <p>{reason ?? "No try at it has failed: it waits for its turn, or for an answer."}</p>
            <p className="text-muted text-sm">Since {formatInstant(since, where)}</p>
            {mayAct && (failure || mayEnd) && (
              <div className="flex flex-wrap items-start gap-x-6 gap-y-1">
                {failure && <TryForm place={place} kind={kind} id={id} />}
                {mayEnd && <EndForm place={place} kind={kind} id={id} />}
              </div>
            )}
          </li>
        ))}
      </ul>
      {rows.length > LISTED && (
        <p className="text-muted text-sm">And {rows.length - LISTED} more like these.</p>
      )}
    </section>
  );
}
