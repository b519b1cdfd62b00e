#!/usr/bin/env bash
# qif2json reads a split of 1,000.00 as 1, while it reads the transaction's own 1,234.50 right.
#
# Package:   qif2json 0.4.0 (reader of QIF, the format in which Quicken, Money and many banks give transactions)
# Expected:  amounts in QIF may have commas between thousands. T is the transaction's amount, each $ that of a split of it;
#            the splits add up to the transaction, also once they are read: -1000 and -234.5 are -1234.5.
# Instead:   commas are taken out of T alone. A split ends at its first comma: -1,000.00 is -1, -12,500.00 is -12. Below a
#            thousand all is right. No error.
# Documented: no. The README says nothing of amounts.
# Bites:     imports of split transactions: each part goes to its account, so a cost of a thousand is booked as one, and
#            the rest is nowhere or in a rounding account.
#
# Seen on 2026-11-30 (T, then the splits as they were given and as they were read):
#   -1,234.50   -1234.5    -1,000.00 -234.50   -1 -234.5
#   -12,850.00  -12850     -12,500.00 -350.00  -12 -350
#   -900.00     -900       -650.00 -250.00     -650 -250
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts qif2json@0.4.0 >/dev/null

cat >"$work/show.cjs" <<'JS'
const { parse } = require("qif2json");

const looks = [
  ["-1,234.50", ["-1,000.00", "-234.50"], "-1234.5: -1 -234.5"],
  ["-12,850.00", ["-12,500.00", "-350.00"], "-12850: -12 -350"],
  ["-900.00", ["-650.00", "-250.00"], "-900: -650 -250"],
];

for (const [total, [office, travel], seen] of looks) {
  const qif = [
    "!Type:Bank",
    "D11/30/2026",
    `T${total}`,
    "PWattle Street Timber",
    "SOffice",
    `$${office}`,
    "STravel",
    `$${travel}`,
    "^",
    "",
  ].join("\n");
  const [{ amount, division }] = parse(qif, { dateFormat: "us" }).transactions;
  const splits = division.map((split) => split.amount).join(" ");
  console.log(total.padEnd(11), String(amount).padEnd(10), `${office} ${travel}`.padEnd(19), splits);
  if (`${amount}: ${splits}` === seen) continue;
  console.error(`The behaviour has changed: ${seen} was seen.`);
  process.exitCode = 1;
}
JS
node "$work/show.cjs"
