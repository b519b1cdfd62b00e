import type { Place } from "#app/door/action.ts";
import { Facts } from "#components/facts.tsx";
import { Section } from "#components/section.tsx";
import { formatMoney, type Money, sumOf } from "#lib/core/money/money.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import { CHART_DAYS, type Home } from "../load-home.ts";
import { Collected } from "./collected.tsx";

export function CameIn({ place, home }: { place: Place; home: Home }) {
  const { collected, underWay } = home;
  return (
    <Section id="came-in" title="What came in?">
      <Facts
        facts={[
          { label: "Today", value: sums(lastDays(home, 1)) },
          { label: "Last 7 days", value: sums(lastDays(home, 7)) },
          { label: "On its way to Xero", value: sums(underWay) },
          { label: "Money in clearing", value: <InClearing place={place} home={home} /> },
        ]}
      />
      {collected.length === 0 && <p className="text-muted">Nothing in the last {CHART_DAYS} days.</p>}
      {collected.map((series) => (
        <Collected key={series.currency} series={series} home={home} />
      ))}
      <p>
        <a
          href={`/firms/${place.company}/${place.firm}/payments`}
          className="inline-flex min-h-11 items-center"
        >
          All payments
        </a>
      </p>
    </Section>
  );
}

function InClearing({ place, home: { clearing, where } }: { place: Place; home: Home }) {
  const checked = clearing.flatMap(({ report, checkedAt }) =>
    report && checkedAt ? { report, checkedAt } : [],
  );
  const [first] = checked.toSorted((a, b) => a.checkedAt.getTime() - b.checkedAt.getTime());
  return (
    <a
      href={`/firms/${place.company}/${place.firm}/clearing`}
      className="-my-2.5 inline-flex min-h-11 items-center"
    >
      {first
        ? `${checked.map(({ report }) => formatMoney({ minor: BigInt(report.balance), currency: report.currency })).join(" · ")}, ${formatInstant(first.checkedAt, where)}`
        : "Not checked yet"}
    </a>
  );
}

function lastDays({ collected }: Home, days: number): Money[] {
  return collected.map((series) => ({
    currency: series.currency,
    minor: sumOf(series.days.slice(-days).map(({ minor }) => minor)),
  }));
}

/** One sum a currency, since different money does not add up. */
function sums(amounts: Money[]): string {
  return (
    amounts
      .filter(({ minor }) => minor > 0n)
      .map(formatMoney)
      .join(" · ") || "Nothing"
  );
}
