import type { Place } from "#app/door/action.ts";
import { Facts } from "#components/facts.tsx";
import { Section } from "#components/section.tsx";
import { formatMoney } from "#lib/core/money.ts";
import type { Home } from "../load-home.ts";

export function CameIn({ place, home }: { place: Place; home: Home }) {
  return (
    <Section id="came-in" title="What came in?">
      <Facts
        facts={[
          { label: "Last 24 hours", value: sums(home.today) },
          { label: "Last 7 days", value: sums(home.week) },
          { label: "On its way to Xero", value: sums(home.underWay) },
        ]}
      />
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

/** One sum a currency, since different money does not add up. */
function sums(amounts: { currency: string; minor: bigint }[]): string {
  return amounts.map(formatMoney).join(" · ") || "Nothing";
}
