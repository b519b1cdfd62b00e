import type { Place } from "#app/door/action.ts";
import { MoneyText } from "#components/money-text.tsx";
import { formatDate } from "#lib/core/text/date-words.ts";
import type { ClearingReport } from "#lib/payouts/clearing/clearing-report.ts";
import { aboutInWords, CAUSE_WORDS } from "#lib/payouts/clearing/clearing-words.ts";

type PartOfReport = ClearingReport["parts"][number];
type PartProps = {
  place: Place;
  country: string;
  part: PartOfReport;
  currency: string;
  /** Who paid what, by payment. */
  labels: Map<string, string>;
};

/** One cause with its sum; what it is made of opens below. */
export function Part({ place, country, part, currency, labels }: PartProps) {
  const { title, says, isRight } = CAUSE_WORDS[part.cause];
  return (
    <li className="grid gap-1 border-line border-t py-3">
      <p className="flex flex-wrap justify-between gap-x-6">
        <span className={isRight ? "" : "font-semibold text-danger"}>{title}</span>
        <MoneyText money={{ minor: BigInt(part.sum), currency }} />
      </p>
      <p className="text-muted text-sm">{says}</p>
      <details open={!isRight}>
        <summary className="inline-flex min-h-11 cursor-pointer items-center underline underline-offset-4">
          {part.count === 1 ? "What it is" : `All ${part.count}`}
        </summary>
        <ul className="text-sm">
          {part.lines.map(({ minor, about }, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: they never change places while shown
              key={index}
              className="flex flex-wrap items-center justify-between gap-x-6 border-line border-t"
            >
              <About {...{ place, country, about, labels }} />
              <MoneyText money={{ minor: BigInt(minor), currency }} />
            </li>
          ))}
        </ul>
        {part.count > part.lines.length && (
          <p className="text-muted text-sm">The first {part.lines.length} of them.</p>
        )}
      </details>
    </li>
  );
}

type AboutProps = Pick<PartProps, "place" | "country" | "labels"> & {
  about: PartOfReport["lines"][number]["about"];
};

function About({ place, country, about, labels }: AboutProps) {
  if (about.kind !== "payment") {
    const shown = about.kind === "entry" ? { ...about, date: formatDate(about.date, country) } : about;
    return <span className="inline-flex min-h-11 items-center break-all">{aboutInWords(shown)}</span>;
  }
  return (
    <a
      className="wrap-anywhere inline-flex min-h-11 items-center"
      href={`/firms/${place.company}/${place.firm}/payments/${about.captureId}`}
    >
      {labels.get(about.captureId) ?? "A payment"}
    </a>
  );
}
