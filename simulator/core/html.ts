/** Server-rendered pages: an escaping template and one shell with our own small style sheet. */
import { style } from "./style.ts";
import type { Res } from "./types.ts";

/** Text that is markup already. Everything else is escaped on its way into a page. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = Html | string | number | null | undefined | false | Part[];

/** html`<b>${name}</b>`: escapes what is put in; arrays are joined; null, undefined and false are nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((out, string, at) => out + render(parts[at - 1]) + string));
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof Html) return part.markup;
  if (Array.isArray(part)) return part.map(render).join("");
  return escapeHtml(String(part));
}

export type Page = {
  title: string;
  body: Html;
  /** Shown beside the mark, e.g. "Xero" or "Mailbox": which of the outside parties this page plays. */
  brand?: string;
  status?: number;
  headers?: Record<string, string | string[]>;
  width?: "narrow" | "wide";
};

/** A whole page, never framed, never cached. */
export function page({
  title,
  body,
  brand = "Simulator",
  status = 200,
  headers = {},
  width = "narrow",
}: Page): Res {
  const markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${brand}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<header><a class="brand" href="/control">${brand}</a><span class="tag">simulated</span></header>
<main class="${width}">${body}</main>
</body>
</html>`;
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; frame-ancestors 'none'; base-uri 'none'",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      ...headers,
    },
    body: markup.markup,
  };
}
