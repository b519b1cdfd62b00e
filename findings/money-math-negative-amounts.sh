#!/usr/bin/env bash
# money-math rounds a negative amount to a wrong cent: a credit note does not cancel its invoice.
#
# Package:   money-math 2.6.3
# Expected:  the same digits for an amount and its negative (perhaps apart from exact halves): 20 % of -33.33 is -6.666,
#            so -6.67. Negative amounts are part of the README's own definition of an amount.
# Instead:   where the positive amount is rounded up, percent() cuts the negative one, and mul() and div() end a further
#            cent nearer to zero: two wrong answers for one sum, each off by more than half a cent (div(-2.00, 3.00) by
#            1.7 cents). roundUpTo5Cents() gives -41.99, which is no multiple of 5 cents.
# Documented: no. Positive amounts are right, and the README's examples of arithmetic are all positive.
# Bites:     refunds, credit notes and reversals: 33.33 + 6.67 tax is given back with 6.66, and a cent of tax stays in
#            the books for ever.
#
# Seen on 2026-11-30 (exact value; the function's answer for the positive and for the negative amount):
#   percent(33.33, 20.00)    6.666     6.67    -6.66
#   mul(33.33, 0.20)         6.666     6.67    -6.65
#   percent(100.99, 15.00)   15.1485   15.15   -15.14
#   div(2.00, 3.00)          0.6667    0.67    -0.65
#   roundUpTo5Cents(42.02)   42.02     42.05   -41.99
#   invoice and its credit note: tax 6.67 + -6.66 = 0.01
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts money-math@2.6.3 >/dev/null

cat >"$work/show.cjs" <<'JS'
const money = require("money-math");

const looks = [
  ["percent", ["33.33", "20.00"], "6.666", "6.67", "-6.66"],
  ["mul", ["33.33", "0.20"], "6.666", "6.67", "-6.65"],
  ["percent", ["100.99", "15.00"], "15.1485", "15.15", "-15.14"],
  ["div", ["2.00", "3.00"], "0.6667", "0.67", "-0.65"],
  ["roundUpTo5Cents", ["42.02"], "42.02", "42.05", "-41.99"],
];

let same = true;
for (const [name, [amount, ...rest], exact, plusSeen, minusSeen] of looks) {
  const plus = money[name](amount, ...rest);
  const minus = money[name](`-${amount}`, ...rest);
  const call = `${name}(${[amount, ...rest].join(", ")})`;
  console.log(call.padEnd(25) + exact.padEnd(10) + plus.padEnd(8) + minus);
  same &&= plus === plusSeen && minus === minusSeen;
}

const invoice = money.percent("33.33", "20.00");
const creditNote = money.percent("-33.33", "20.00");
const left = money.add(invoice, creditNote);
console.log(`invoice and its credit note: tax ${invoice} + ${creditNote} = ${left}`);
same &&= left === "0.01";

if (!same) {
  console.error("The behaviour has changed.");
  process.exitCode = 1;
}
JS
node "$work/show.cjs"
