import { sumOf } from "#lib/core/money/money.ts";
import type { IsoDate } from "#lib/core/text/date-words.ts";

/** What came in on each of some days in one currency, the last one today; a day without money has 0. */
export type DaySeries = { currency: string; totalMinor: bigint; days: { day: IsoDate; minor: bigint }[] };

const DAY_MS = 86_400_000;

/** The day that many days before. */
export function daysBefore(day: IsoDate, count: number): IsoDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) - count * DAY_MS).toISOString().slice(0, 10);
}

/** One series a currency that came in, the firm's own first: different money does not add up. */
export function toSeries(
  rows: { currency: string; day: IsoDate; minor: bigint }[],
  { today, days, own }: { today: IsoDate; days: number; own: string | null },
): DaySeries[] {
  const currencies = [...new Set(rows.map(({ currency }) => currency))].sort((a, b) =>
    a === own ? -1 : b === own ? 1 : a < b ? -1 : 1,
  );
  const span = Array.from({ length: days }, (_, at) => daysBefore(today, days - 1 - at));
  return currencies.map((currency) => {
    const came = new Map(
      rows.filter((row) => row.currency === currency).map(({ day, minor }) => [day, minor]),
    );
    const filled = span.map((day) => ({ day, minor: came.get(day) ?? 0n }));
    return { currency, totalMinor: sumOf(filled.map(({ minor }) => minor)), days: filled };
  });
}
