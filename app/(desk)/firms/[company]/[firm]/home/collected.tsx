import { DayBars } from "#components/day-bars.tsx";
import { Table } from "#components/table.tsx";
import { formatMoney } from "#lib/core/money/money.ts";
import { formatDate, formatDay } from "#lib/core/text/date-words.ts";
import type { DaySeries } from "#lib/payments/by-day.ts";
import type { Home } from "../load-home.ts";

/** What came in day by day in one currency: a picture, its extremes in words, and the figures. */
export function Collected({ series, home }: { series: DaySeries; home: Home }) {
  const { currency, days, totalMinor } = series;
  const { country } = home.where;
  const say = (minor: bigint) => formatMoney({ minor, currency });
  const [first, last] = [days[0], days.at(-1)];
  const highest = days.reduce((most, one) => (one.minor > most.minor ? one : most));
  if (!first || !last) return null;
  const most = `most on ${formatDay(highest.day, country, home.today)}: ${say(highest.minor)}`;
  return (
    <figure className="grid gap-2">
      <figcaption className="flex flex-wrap justify-between gap-x-6">
        <span className="font-semibold">
          {currency}, last {days.length} days: {say(totalMinor)}
        </span>
        <span className="text-muted text-sm">{most}</span>
      </figcaption>
      <DayBars
        label={`${currency} collected on each of the last ${days.length} days, ${say(totalMinor)} in all, ${most}. The figures follow.`}
        bars={days.map(({ day, minor }) => ({
          key: day,
          share: Number((minor * 10_000n) / highest.minor) / 10_000,
          title: `${formatDay(day, country, home.today)}: ${say(minor)}`,
        }))}
      />
      <p aria-hidden="true" className="flex justify-between text-muted text-sm">
        <span>{formatDay(first.day, country, home.today)}</span>
        <span>{formatDay(last.day, country, home.today)}, today</span>
      </p>
      <details>
        <summary className="w-fit py-2.5 text-accent">{currency} by day</summary>
        <Table
          caption={`${currency} collected by day`}
          captionHidden
          columns={[{ label: "Day" }, { label: "Collected", numeric: true }]}
          rows={days
            .filter(({ minor }) => minor > 0n)
            .toReversed()
            .map(({ day, minor }) => ({ key: day, cells: [formatDate(day, country), say(minor)] }))}
        />
      </details>
    </figure>
  );
}
