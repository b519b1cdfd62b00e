#!/usr/bin/env bash
# mt940-js tells the reversal of a credit as a credit: money that left the account reads as money that came in.
#
# Package:   mt940-js 1.0.0 (reader of SWIFT MT940 bank statements)
# Expected:  the mark of field 61 is C (credit), D (debit), RC (reversal of a credit, so money leaves) or RD (reversal of a
#            debit, so money comes). `isCredit` of RC is false, of RD true; with it the amounts, which are never
#            negative, lead from the opening to the closing balance.
# Instead:   `isCredit` looks for a C anywhere in the mark: true of RC, false of RD. Nothing else tells the two apart:
#            `isExpense` is true of all four, for it knows three codes of two Dutch banks.
# Documented: no.
# Bites:     a direct debit or card payout that the bank takes back: the books show it twice instead of not at all.
#
# Seen on 2026-11-30 (mark, amount, isCredit; then the closing balance of the statement and by isCredit):
#   C   50    true
#   RC  50    true
#   D   20    false
#   RD  20    false
#   100 160
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# mt940-js asks for tslib and does not name it.
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts mt940-js@1.0.0 tslib@2.8.1 >/dev/null

cat >"$work/show.cjs" <<'JS'
const { read } = require("mt940-js");

const marks = ["C", "RC", "D", "RD"];
const amounts = [50, 50, 20, 20];
const statement = [
  ":20:STATEMENT",
  ":25:12345678/0000000001",
  ":28C:1/1",
  ":60F:C261130EUR100,00",
  ...marks.flatMap((mark, at) => [`:61:261130${mark}${amounts[at]},00NTRFINV-2009`, ":86:Wattle Street Timber"]),
  ":62F:C261130EUR100,00",
  "-",
  "",
].join("\r\n");

read(Buffer.from(statement)).then(([{ openingBalance, closingBalance, transactions }]) => {
  for (const [at, { amount, isCredit }] of transactions.entries())
    console.log(marks[at].padEnd(3), amount, "  ", isCredit);
  const added = transactions.reduce(
    (sum, { amount, isCredit }) => sum + (isCredit ? amount : -amount),
    openingBalance.value,
  );
  console.log(closingBalance.value, added);
  const found = transactions.map(({ isCredit, isExpense }) => `${isCredit} ${isExpense}`).join(", ");
  if (found === "true true, true true, false true, false true" && added === 160) return;
  console.error("The behaviour has changed.");
  process.exitCode = 1;
});
JS
node "$work/show.cjs"
