import { formatFigure, formatMoney, type Money } from "#lib/core/money/money.ts";
import type { Letter } from "../send.ts";
import { html, oneLine, plain } from "./html.ts";
import { sheet, TEST_NOTICE } from "./sheet.ts";

export type ReceiptFacts = {
  isTest: boolean;
  firmName: string;
  registeredName: string;
  /** With its kind: "ABN 12 345 678 901". */
  registrationNumber: string | null;
  supportEmail: string | null;
  supportPhone: string | null;
  payerName: string;
  lines: { number: string; amount: Money }[];
  total: Money;
  /** In the words of the organisation's country: "21 Nov 2026". */
  paidOn: string;
  /** "Visa ending 4242". */
  method: string | null;
  reference: string | null;
};

/** What was paid, for which invoices, under which reference, and whom to ask. Complete without the page. */
export function receiptLetter(facts: ReceiptFacts): Letter {
  const { firmName, registeredName, registrationNumber, lines, total, paidOn } = facts;
  const money = formatMoney(total);
  const particulars: [string, string | null][] = [
    ["Reference", facts.reference],
    ["Paid on", paidOn],
    ["Paid by", facts.payerName],
    ["Paid with", facts.method],
    ["Paid to", registeredName],
  ];
  const known = particulars.filter((pair): pair is [string, string] => Boolean(pair[1]));
  const contact = [facts.supportEmail, facts.supportPhone].filter(Boolean).join(" or ");
  const ask = contact ? `Questions? Ask ${firmName}: ${contact}.` : `Questions? Ask ${firmName}.`;
  const register = [registeredName, registrationNumber].filter(Boolean).join(" · ");
  return {
    subject: oneLine(`Receipt: ${money} paid to ${firmName}`),
    text: plain([
      facts.isTest ? TEST_NOTICE : null,
      `${money} paid to ${firmName} on ${paidOn}`,
      [...lines.map(({ number, amount }) => `${number}: ${formatFigure(amount)}`), `Total paid: ${money}`],
      known.map(([label, value]) => `${label}: ${value}`),
      [ask, register],
    ]),
    html: sheet({
      title: "Receipt",
      from: firmName,
      isTest: facts.isTest,
      body: html`<p style="margin:0;font-weight:600">Receipt</p>
<p style="margin:2px 0 20px"><span style="font-size:34px;line-height:1.25;font-weight:600">${money}</span> <span class="quiet">paid on ${paidOn}</span></p>
<table role="presentation" style="width:100%;border-collapse:collapse">
${lines.map(({ number, amount }) => row(number, formatFigure(amount)))}
<tr><td style="padding:9px 12px 9px 0;border-top:1px solid;border-bottom:3px double;font-weight:600">Total paid</td><td style="padding:9px 0;border-top:1px solid;border-bottom:3px double;text-align:right;font-weight:600;white-space:nowrap">${money}</td></tr>
</table>
<table role="presentation" style="width:100%;border-collapse:collapse;margin:22px 0 0">
${known.map(([label, value]) => fact(label, value))}
</table>`,
      foot: html`${ask}<br>${register}`,
    }),
  };
}

function row(name: string, figure: string) {
  return html`<tr><td style="padding:6px 12px 6px 0">${name}</td><td style="padding:6px 0;text-align:right;white-space:nowrap">${figure}</td></tr>
`;
}

function fact(label: string, value: string) {
  return html`<tr><td class="quiet" style="padding:4px 16px 4px 0;width:7em;vertical-align:top">${label}</td><td style="padding:4px 0">${value}</td></tr>
`;
}
