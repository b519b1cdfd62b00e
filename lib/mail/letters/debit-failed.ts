import { formatFigure, formatMoney, type Money } from "#lib/core/money/money.ts";
import type { Letter } from "../send.ts";
import { html, oneLine, plain } from "./html.ts";
import { button, paragraph, sheet, TEST_NOTICE } from "./sheet.ts";

export type DebitFailedFacts = {
  isTest: boolean;
  firmName: string;
  supportEmail: string | null;
  payerName: string;
  lines: { number: string; amount: Money }[];
  total: Money;
  /** Where the invoices can be paid. */
  href: string;
};

/** To the payer: their bank debit did not arrive, nothing was paid, and the invoices are open again. */
export function debitFailedLetter(facts: DebitFailedFacts): Letter {
  const { firmName, supportEmail, payerName, lines, total, href } = facts;
  const money = formatMoney(total);
  const happened = `Your bank debit of ${money} to ${firmName} did not go through.`;
  const meaning =
    "Your bank sent nothing, or took it back. Nothing was paid, and these invoices are open again:";
  const list = lines.map(({ number, amount }) => `${number}: ${formatFigure(amount)}`);
  const advice = "Ask your bank why before you try it again, or pay another way.";
  const ask = supportEmail ? `Questions? Ask ${firmName}: ${supportEmail}.` : `Questions? Ask ${firmName}.`;
  return {
    subject: oneLine(happened),
    text: plain([
      facts.isTest ? TEST_NOTICE : null,
      payerName ? `${payerName},` : null,
      happened,
      meaning,
      list,
      advice,
      `Pay another way: ${href}`,
      ask,
    ]),
    html: sheet({
      title: happened,
      from: firmName,
      isTest: facts.isTest,
      body: html`<p style="margin:0 0 16px;font-size:20px;line-height:1.35;font-weight:600">${happened}</p>
${paragraph(meaning)}
<ul style="margin:0 0 14px;padding:0 0 0 20px">${list.map((line) => html`<li>${line}</li>`)}</ul>
${paragraph(advice)}
${button(href, "Pay another way")}`,
      foot: html`${ask}`,
    }),
  };
}
