import { ago, distance, formatDate, formatInstant, type IsoDate } from "#lib/core/text/date-words.ts";

/** A day in the words of the organisation's country. */
function DateText({ date, country }: { date: IsoDate; country: string }) {
  return (
    <time dateTime={date} className="whitespace-nowrap">
      {formatDate(date, country)}
    </time>
  );
}

/** "12 Nov 2026 · 9 days overdue". */
export function DueText({ due, country, today }: { due: IsoDate; country: string; today: IsoDate }) {
  return (
    <>
      <DateText date={due} country={country} /> ·{" "}
      <span className="whitespace-nowrap">{distance(due, today)}</span>
    </>
  );
}

type InstantProps = { at: Date; now: Date; country: string; timeZone: string };

/** "3 minutes ago", with the exact time in the organisation's own zone beside it. */
export function InstantText({ at, now, country, timeZone }: InstantProps) {
  return (
    <span>
      {ago(at, now)}{" "}
      <time dateTime={at.toISOString()} className="whitespace-nowrap text-muted text-sm">
        {formatInstant(at, { country, timeZone })}
      </time>
    </span>
  );
}
