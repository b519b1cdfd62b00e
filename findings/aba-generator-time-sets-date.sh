#!/usr/bin/env bash
# aba-generator takes the day of an Australian direct entry file from its time: "0930" makes it 1 January 2030.
#
# Package:   aba-generator 2.1.0 (ABA files: direct entry, the banks' format for paying suppliers and wages)
# Expected:  header.date is the processing date and header.time the time, in whichever of the documented forms each is
#            given (date: Date, number or "DDMMYY"; time: Date, number or "HHmm").
# Instead:   once a time is given and the date is not "DDMMYY", the date is made from the *time*. A time of "HHmm" is
#            read as a year: 30 November 2026 with "0930" becomes 010130, with "1745" 010145; so does a file that has
#            a time and no date. A time given as a Date gives its own day: a file for 1 December, with the time of
#            30 November, is dated 30 November. Right only when the date is "DDMMYY" or no time is given. No error.
# Documented: no. The README lists these forms for both, and says that most banks want the time.
# Bites:     payment runs: the bank refuses the file or holds it, or pays on another day than was approved.
#
# Seen on 2026-11-30 (TZ Australia/Sydney; columns 75-80 are the date DDMMYY, 81-84 the time):
#   date Date 30 Nov, no time             301126
#   date "301126",    time "0930"         301126 0930
#   date Date 30 Nov, time "0930"         010130 0930
#   date Date 30 Nov, time "1745"         010145 1745
#   date Date 1 Dec,  time Date 30 Nov    301126 0930
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts aba-generator@2.1.0 >/dev/null

cat >"$work/show.cjs" <<'JS'
const ABA = require("aba-generator");

const november30 = new Date(2026, 10, 30);
const december1 = new Date(2026, 11, 1);
const looks = [
  ["date Date 30 Nov, no time", { date: november30 }, "301126"],
  ['date "301126",    time "0930"', { date: "301126", time: "0930" }, "301126 0930"],
  ['date Date 30 Nov, time "0930"', { date: november30, time: "0930" }, "010130 0930"],
  ['date Date 30 Nov, time "1745"', { date: november30, time: "1745" }, "010145 1745"],
  ["date Date 1 Dec,  time Date 30 Nov", { date: december1, time: new Date(2026, 10, 30, 9, 30) }, "301126 0930"],
];
const payment = {
  bsb: "062-000",
  account: "12345678",
  transactionCode: ABA.CREDIT,
  amount: 120.5,
  accountTitle: "Wattle Street Timber",
  reference: "INV-2009",
  traceBsb: "062-001",
  traceAccount: "87654321",
  remitter: "Mill Lane Pots",
};

for (const [what, when, seen] of looks) {
  const header = { bank: "CBA", user: "Mill Lane Pots", userNumber: 301500, description: "SUPPLIERS", ...when };
  const [first] = new ABA({ header }).generate([payment]).split("\r\n");
  const found = `${first.slice(74, 80)} ${first.slice(80, 84)}`.trim();
  console.log(what.padEnd(38) + found);
  if (found !== seen) {
    console.error(`The behaviour has changed: ${seen} was seen.`);
    process.exitCode = 1;
  }
}
JS
TZ=Australia/Sydney node "$work/show.cjs"
