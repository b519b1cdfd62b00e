import type { Letter } from "../send.ts";
import { html, oneLine, plain } from "./html.ts";
import { button, paragraph, sheet } from "./sheet.ts";

export type AlertFacts = {
  firmName: string;
  /** What happened, as a sentence: "Xero no longer accepts the consent for Demo Company (AU)." */
  happened: string;
  /** In the words of the organisation's country: "21 Nov 2026, 10:04". */
  since: string;
  /** Whether money is affected, and how: "Payments still arrive; they wait to be written to Xero." */
  money: string;
  /** Others of the same kind since the last letter, one line each. */
  more: string[];
  action: { label: string; href: string };
};

/** To staff: what happened, since when, is money affected, and the one button. */
export function alertLetter({ firmName, happened, since, money, more, action }: AlertFacts): Letter {
  const also = more.length > 0 ? "Also:" : null;
  return {
    subject: oneLine(`${firmName}: ${happened}`),
    text: plain([
      happened,
      `Since ${since}.`,
      money,
      also && [also, ...more.map((line) => `- ${line}`)],
      `${action.label}: ${action.href}`,
    ]),
    html: sheet({
      title: happened,
      from: `Counterfoil · ${firmName}`,
      body: html`<p style="margin:0 0 4px;font-size:20px;line-height:1.35;font-weight:600">${happened}</p>
<p class="quiet" style="margin:0 0 16px">Since ${since}.</p>
${paragraph(money)}
${also && html`<p style="margin:0 0 4px">${also}</p><ul style="margin:0 0 14px;padding:0 0 0 20px">${more.map((line) => html`<li>${line}</li>`)}</ul>`}
${button(action.href, action.label)}`,
      foot: html`You get this because you look after ${firmName} in Counterfoil.`,
    }),
  };
}
