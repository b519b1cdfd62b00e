import { formatMoney, type Money } from "#lib/core/money/money.ts";
import type { Letter } from "../send.ts";
import { html, oneLine, plain } from "./html.ts";
import { paragraph, sheet, TEST_NOTICE } from "./sheet.ts";

export type RefundFacts = {
  isTest: boolean;
  firmName: string;
  supportEmail: string | null;
  payerName: string;
  amount: Money;
  /** Of the payment that it takes back: "CF-8KQ2M4XW7P". */
  reference: string | null;
  /** "Visa ending 4242". */
  method: string | null;
  numbers: string[];
  /** It gives back what was more than owed when it arrived. */
  ofSurplus: boolean;
};

/** To the payer: what goes back, of which payment, and when it arrives. */
export function refundLetter(facts: RefundFacts): Letter {
  const { firmName, supportEmail, payerName, amount, reference, method, numbers, ofSurplus } = facts;
  const happened = `${firmName} has refunded ${formatMoney(amount)}.`;
  const of = [
    numbers.length > 0 ? `of what you paid for ${numbers.join(", ")}` : "of your payment",
    reference ? `(reference ${reference})` : "",
  ]
    .filter(Boolean)
    .join(" ");
  const why = ofSurplus ? " It was more than was still owed when it arrived." : "";
  const meaning = `It is a refund ${of}.${why}`;
  const when = `It goes back to ${method ? `the ${method}` : "where it came from"}, usually within 5 to 10 days.`;
  const ask = supportEmail ? `Questions? Ask ${firmName}: ${supportEmail}.` : `Questions? Ask ${firmName}.`;
  return {
    subject: oneLine(`Refund: ${formatMoney(amount)} from ${firmName}`),
    text: plain([
      facts.isTest ? TEST_NOTICE : null,
      payerName ? `${payerName},` : null,
      happened,
      meaning,
      when,
      ask,
    ]),
    html: sheet({
      title: happened,
      from: firmName,
      isTest: facts.isTest,
      body: html`<p style="margin:0 0 16px;font-size:20px;line-height:1.35;font-weight:600">${happened}</p>
${paragraph(meaning)}
${paragraph(when)}`,
      foot: html`${ask}`,
    }),
  };
}
