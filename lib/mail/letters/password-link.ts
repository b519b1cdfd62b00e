import type { Letter } from "../send.ts";
import { html, oneLine, plain } from "./html.ts";
import { button, paragraph, sheet } from "./sheet.ts";

export type PasswordLinkFacts = {
  firmName: string;
  /** Who invited the person, or asked for the link. */
  askedBy: string;
  /** Has set no password yet. */
  isNew: boolean;
  href: string;
};

/** To somebody who was invited, or forgot the password. */
export function passwordLinkLetter({ firmName, askedBy, isNew, href }: PasswordLinkFacts): Letter {
  const title = isNew ? `You are invited to ${firmName}` : `Set a new password for ${firmName}`;
  const why = isNew
    ? `${askedBy} has given you access to the payment desk of ${firmName}.`
    : `${askedBy} asked that you can set a new password for the payment desk of ${firmName}.`;
  const how = "The link works once, within three days, and only the latest one works.";
  const ignore = "If you don't expect this, ignore it: nothing changes unless the link is used.";
  return {
    subject: oneLine(title),
    text: plain([why, `Set your password: ${href}`, how, ignore]),
    html: sheet({
      title,
      from: `Counterfoil · ${firmName}`,
      body: html`${paragraph(why)}
${button(href, "Set your password")}
${paragraph(how)}`,
      foot: html`${ignore}`,
    }),
  };
}
