#!/usr/bin/env bash
# moment-business-days moves a due date when it is only asked how many business days of the month have gone.
#
# Packages:  moment-business-days 1.2.0, moment 2.31.0
# Expected:  due.businessDaysIntoMonth() gives a number and leaves `due` alone, as due.businessAdd(1) does (moment's own
#            add() is known to change its object; a question that gives a number is not).
# Instead:   on a Saturday or Sunday the object itself moves back to the business day before. When the month begins on a
#            weekend that is a day of the month before, and so is the number: 1 August 2026 is "23 business days into
#            the month". nextBusinessDay() and prevBusinessDay() move their object too; businessAdd() does not.
# Documented: no. The README speaks of calculating a number and of retrieving a date, not of changing one.
# Bites:     reports of receivables by business day, and due dates: after the report the invoice is due on another day.
#
# Seen on 2026-11-30:
#   due Sat 2026-11-28  businessDaysIntoMonth() = 20          now due Fri 2026-11-27
#   due Sat 2026-08-01  businessDaysIntoMonth() = 23          now due Fri 2026-07-31
#   due Mon 2026-11-30  businessDaysIntoMonth() = 21          now due Mon 2026-11-30
#   due Fri 2026-11-27  nextBusinessDay()       = 2026-11-30  now due Mon 2026-11-30
#   due Fri 2026-11-27  businessAdd(1)          = 2026-11-30  now due Fri 2026-11-27
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts \
  moment@2.31.0 moment-business-days@1.2.0 >/dev/null

cat >"$work/show.cjs" <<'JS'
const moment = require("moment-business-days");

const looks = [
  ["2026-11-28", "businessDaysIntoMonth()", (due) => due.businessDaysIntoMonth(), 20, "2026-11-27"],
  ["2026-08-01", "businessDaysIntoMonth()", (due) => due.businessDaysIntoMonth(), 23, "2026-07-31"],
  ["2026-11-30", "businessDaysIntoMonth()", (due) => due.businessDaysIntoMonth(), 21, "2026-11-30"],
  ["2026-11-27", "nextBusinessDay()", (due) => due.nextBusinessDay().format("YYYY-MM-DD"), "2026-11-30", "2026-11-30"],
  ["2026-11-27", "businessAdd(1)", (due) => due.businessAdd(1).format("YYYY-MM-DD"), "2026-11-30", "2026-11-27"],
];

for (const [day, call, ask, answerSeen, daySeen] of looks) {
  const due = moment(day);
  const before = due.format("ddd YYYY-MM-DD");
  const answer = ask(due);
  const after = due.format("ddd YYYY-MM-DD");
  console.log(`due ${before}  ${call.padEnd(23)} = ${String(answer).padEnd(10)}  now due ${after}`);
  if (answer !== answerSeen || due.format("YYYY-MM-DD") !== daySeen) {
    console.error(`The behaviour has changed: ${answerSeen} and ${daySeen} were seen.`);
    process.exitCode = 1;
  }
}
JS
TZ=UTC node "$work/show.cjs"
