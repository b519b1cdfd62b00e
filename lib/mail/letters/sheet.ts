import { type Html, html } from "./html.ts";

/** What a letter about test money says first. */
export const TEST_NOTICE = "Test payment: no real money was taken, and it settles nothing that you owe.";

/** The paper of every letter: one narrow column in the reader's own font, light or dark as their mail program is. */
export function sheet({
  title,
  from,
  body,
  foot,
  isTest = false,
}: {
  title: string;
  from: string;
  body: Html;
  foot: Html;
  isTest?: boolean;
}): string {
  return `<!doctype html>\n${
    html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>
:root{color-scheme:light dark}
.page{background:#fcfbf7;color:#1d1c18}
.quiet{color:#5d5a51}
@media (prefers-color-scheme:dark){
.page{background:#1a1815!important;color:#ece8de!important}
.quiet{color:#aca697!important}
.rule{border-color:#3a362f!important}
.button{background:#8cc9b1!important;color:#1a1815!important}
}
</style>
</head>
<body class="page" style="margin:0;padding:0;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<div style="max-width:34em;margin:0 auto;padding:28px 20px 36px">
<p class="rule" style="margin:0 0 24px;padding:0 0 14px;border-bottom:1px solid #e0dcd0;font-weight:600">${from}</p>
${isTest ? html`<p style="margin:0 0 20px;padding:10px 12px;border:2px solid;font-weight:600">${TEST_NOTICE}</p>` : ""}
${body}
<div class="quiet rule" style="margin:28px 0 0;padding:16px 0 0;border-top:1px solid #e0dcd0;font-size:14px">${foot}</div>
</div>
</body>
</html>`.markup
  }\n`;
}

/** The one thing to do. Throws for an address that is not on the web. */
export function button(href: string, words: string): Html {
  if (!/^https?:\/\//.test(href)) throw new RangeError("A button leads to a web address");
  return html`<p style="margin:24px 0"><a class="button" href="${href}" style="display:inline-block;background:#1f5443;color:#fcfbf7;padding:12px 20px;border-radius:4px;font-weight:600;text-decoration:none">${words}</a></p>`;
}

export function paragraph(words: string): Html {
  return html`<p style="margin:0 0 14px">${words}</p>`;
}
