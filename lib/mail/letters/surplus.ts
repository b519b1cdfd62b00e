import { formatMoney, type Money } from "#lib/core/money/money.ts";
import type { Letter } from "../send.ts";
import { html, oneLine, plain } from "./html.ts";
import { paragraph, sheet, TEST_NOTICE } from "./sheet.ts";

export type SurplusFacts = {
  isTest: boolean;
  firmName: string;
  supportEmail: string | null;
  payerName: string;
  /** Of the payment: "CF-8KQ2M4XW7P". */
  reference: string | null;
  /** Each part: what it was paid for, and where it went; `to` null: no invoice. */
  parts: { amount: Money; from: string; to: string | null }[];
};

/** "A$30.00 was more than INV-2017 still owed when it arrived. It pays a part of what you owe on INV-2013." */
export function surplusInWords(
  { amount, from, to }: SurplusFacts["parts"][number],
  firmName: string,
): string {
  const went = to
    ? `It pays a part of what you owe on ${to}.`
    : `${firmName} keeps it as a credit on your account.`;
  return `${formatMoney(amount)} was more than ${from} still owed when it arrived. ${went}`;
}

/** To the payer: what was more than owed, and where it went. */
export function surplusLetter(facts: SurplusFacts): Letter {
  const { firmName, supportEmail, payerName, reference, parts } = facts;
  const happened = `A part of your payment to ${firmName} was more than was owed.`;
  const said = parts.map((part) => surplusInWords(part, firmName));
  const which = reference ? `The payment's reference is ${reference}.` : null;
  const ask = `Would you rather have it back? Ask ${firmName}${supportEmail ? `: ${supportEmail}` : ""}.`;
  return {
    subject: oneLine(happened),
    text: plain([
      facts.isTest ? TEST_NOTICE : null,
      payerName ? `${payerName},` : null,
      happened,
      said,
      which,
      ask,
    ]),
    html: sheet({
      title: happened,
      from: firmName,
      isTest: facts.isTest,
      body: html`<p style="margin:0 0 16px;font-size:20px;line-height:1.35;font-weight:600">${happened}</p>
${said.map(paragraph)}
${which ? paragraph(which) : ""}`,
      foot: html`${ask}`,
    }),
  };
}
