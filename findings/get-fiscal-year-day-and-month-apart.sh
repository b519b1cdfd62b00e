#!/usr/bin/env bash
# get-fiscal-year calls a year "current" that begins months from now: on 75 days of the year for the United Kingdom.
#
# Package:   get-fiscal-year 3.0.6
# Expected:  getFiscalYear("GB") on 10 February 2027 is 6 April 2026 to 5 April 2027, and getFiscalYear("AU") on
#            31 January 2027 is 1 July 2026 to 30 June 2027.
# Instead:   a year later. Day and month are compared each by itself: "not after 5 April" needs a month up to 4 *and* a
#            day up to 5. So from January to March the United Kingdom is right only on the first five days of each month;
#            Australia is wrong on the 31st of January, March and May, the United States on five such days; New Zealand
#            (ends on the 31st) is always right. "last" and "next" are a year late on the same days.
# Documented: no. The README promises the current, last and next fiscal year of any country.
# Bites:     year-to-date reports, lock dates and the year of a tax return: most of January to March in the United
#            Kingdom; and a test in Australia is green on every other day.
#
# Seen on 2026-11-30 (the package's own clock set to the day):
#   GB on 2027-01-05: 2026-04-06 to 2027-04-05
#   GB on 2027-02-10: 2027-04-06 to 2028-04-05  not its year
#   AU on 2027-01-30: 2026-07-01 to 2027-06-30
#   AU on 2027-01-31: 2027-07-01 to 2028-06-30  not its year
#   days of 2027 that lie outside their own "current" year: GB 75, AU 3, US 5, NZ 0
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts get-fiscal-year@3.0.6 >/dev/null

cat >"$work/show.cjs" <<'JS'
const GetFiscalYear = require("get-fiscal-year");

/** What the package answers when `new Date()` is noon of that day. */
function currentYear(country, day) {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) {
      super(...(given.length > 0 ? given : [`${day}T12:00:00Z`]));
    }
  };
  try {
    const { fiscalYearStart, fiscalYearEnd } = new GetFiscalYear().getFiscalYear(country);
    return { from: fiscalYearStart.slice(0, 10), to: fiscalYearEnd.slice(0, 10) };
  } finally {
    globalThis.Date = Real;
  }
}
const holds = ({ from, to }, day) => from <= day && day <= to;

let same = true;
for (const [country, day, inYear] of [
  ["GB", "2027-01-05", true],
  ["GB", "2027-02-10", false],
  ["AU", "2027-01-30", true],
  ["AU", "2027-01-31", false],
]) {
  const year = currentYear(country, day);
  console.log(`${country} on ${day}: ${year.from} to ${year.to}${holds(year, day) ? "" : "  not its year"}`);
  same &&= holds(year, day) === inYear;
}

const days = Array.from({ length: 365 }, (_, n) => new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10));
const wrong = ["GB", "AU", "US", "NZ"].map((country) => {
  const count = days.filter((day) => !holds(currentYear(country, day), day)).length;
  return `${country} ${count}`;
});
console.log(`days of 2027 that lie outside their own "current" year: ${wrong.join(", ")}`);
same &&= wrong.join() === "GB 75,AU 3,US 5,NZ 0";

if (!same) {
  console.error("The behaviour has changed.");
  process.exitCode = 1;
}
JS
TZ=UTC node "$work/show.cjs"
