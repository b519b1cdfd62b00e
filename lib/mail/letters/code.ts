import type { Letter } from "../send.ts";
import { html, oneLine, plain } from "./html.ts";
import { paragraph, sheet } from "./sheet.ts";

export type CodeFacts = {
  firmName: string;
  /** Six digits. */
  code: string;
};

/** The code comes first, in the subject too, so that it can be read without opening the letter. */
export function codeLetter({ firmName, code }: CodeFacts): Letter {
  const use = `Type it on the page of ${firmName} to see all your invoices. It is valid for 10 minutes.`;
  const ignore = "If you didn't ask for it, ignore it; nobody can use it without your mail.";
  return {
    subject: oneLine(`${code} is your code for ${firmName}`),
    text: plain([code, use, ignore]),
    html: sheet({
      title: "Your code",
      from: firmName,
      body: html`<p style="margin:0 0 14px;font-size:36px;line-height:1.2;font-weight:600;letter-spacing:0.12em">${code}</p>
${paragraph(use)}`,
      foot: html`${ignore}`,
    }),
  };
}
